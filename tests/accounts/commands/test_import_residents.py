"""manage.py import_residents."""

import datetime
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Resident
from tests.accounts.intake.files import NUMBER, OTHER_NUMBER

pytestmark = pytest.mark.django_db

HEADER = "個人番号,宛名番号,氏名,生年月日,住所"
GOOD = f"{NUMBER},0001,山田　花子,1985-04-02,埼玉県さいたま市"


def imported(folder: Path, *rows: str, **options: object) -> str:
    """The summary of importing a register of these rows."""
    path, out = folder / "residents.csv", io.StringIO()
    path.write_text("\n".join([HEADER, *rows]), encoding="cp932")
    call_command("import_residents", str(path), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


@pytest.mark.parametrize("day", ["2026-10-01", "20261001", "令和8年10月1日", datetime.date(2026, 10, 1)])
def test_the_register_describes_the_day_given_in_any_form(tmp_path: Path, day: object):
    imported(tmp_path, GOOD, as_of=day)

    assert Resident.objects.get().described_on == datetime.date(2026, 10, 1)


def test_the_register_describes_today_where_no_day_is_given(tmp_path: Path):
    imported(tmp_path, GOOD)

    assert Resident.objects.get().described_on == timezone.localdate()


def test_a_day_that_is_none_is_wrong_usage(tmp_path: Path):
    with pytest.raises(CommandError) as failed:
        imported(tmp_path, GOOD, as_of="tomorrow")

    assert failed.value.returncode == 2


def test_an_older_register_is_refused_with_1(tmp_path: Path):
    imported(tmp_path, GOOD, as_of="2026-10-01")

    with pytest.raises(CommandError) as failed:
        imported(tmp_path, GOOD, as_of="2026-09-01")

    assert failed.value.returncode == 1


def test_numbers_change_only_on_demand(tmp_path: Path):
    imported(tmp_path, GOOD)
    other = GOOD.replace(NUMBER, OTHER_NUMBER)

    refused, allowed = imported(tmp_path, other), imported(tmp_path, other, allow_number_change=True)

    assert "changed=0" in refused
    assert "rejected=1" in refused
    assert "changed=1" in allowed
