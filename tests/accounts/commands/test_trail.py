"""manage.py verify_trail and empty_trail, as an operator runs them."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import heads
from accounts.models import AuditEvent, Seal
from tests.accounts.sealed import DAY, NOON, sealed
from tests.accounts.test_emptying import OLD


def said(command: str, *options: str) -> list[str]:
    """The lines that the command prints."""
    out = io.StringIO()
    call_command(command, *options, stdout=out)
    return out.getvalue().splitlines()


def test_a_whole_trail_is_said_to_be_whole(resident, support):
    sealed(resident, support, at=timezone.now() - DAY / 2)
    heads.make_head(at=timezone.now())

    first, last = said("verify_trail")

    assert first.startswith("5 entries, sealed up to ")
    assert first.endswith("; 1 heads.")
    assert last == "Nothing was changed or removed."


def test_a_change_ends_with_one(resident, support):
    sealed(resident, support)
    AuditEvent.objects.update(purpose="")
    out = io.StringIO()

    with pytest.raises(CommandError, match="5 things are wrong") as refusal:
        call_command("verify_trail", stdout=out)

    assert refusal.value.returncode == 1
    assert out.getvalue().count("was changed") == 5


def test_a_copy_of_the_heads_is_compared(resident, support, tmp_path):
    sealed(resident, support, at=timezone.now() - DAY / 2)
    heads.make_head(at=timezone.now())
    copy = tmp_path / "heads.json"
    copy.write_text(json.dumps(heads.published()))
    AuditEvent.objects.filter(pk=Seal.objects.get(position=5).event_id).delete()
    Seal.objects.filter(position=5).delete()

    with pytest.raises(CommandError, match="2 things are wrong"):
        call_command("verify_trail", "--heads", str(copy), stdout=io.StringIO())


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"heads": [{}]}', '{"heads": 1}'])
def test_a_file_that_is_no_copy_is_wrong_usage(db, tmp_path, text):
    path = tmp_path / "heads.json"
    path.write_text(text)

    with pytest.raises(CommandError, match="is no copy of") as refusal:
        call_command("verify_trail", "--heads", str(path))

    assert refusal.value.returncode == 2


def test_emptying_says_how_many_went(resident, support):
    sealed(resident, support, at=OLD)

    assert said("empty_trail", "--before", "2017-06") == [
        "The personal parts of 5 entries were removed. Their seals stay."
    ]


@pytest.mark.parametrize(("before", "code"), [("2017", 2), ("soon", 2), (f"{NOON.year}-01", 1)])
def test_emptying_refuses_what_it_may_not(db, before, code):
    with pytest.raises(CommandError) as refusal:
        call_command("empty_trail", "--before", before)

    assert refusal.value.returncode == code
