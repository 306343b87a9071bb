"""manage.py import_feed --format fhir."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Resident
from links.models import FeedImport, Institution, Link
from tests.links.feeds.feeding import NUMBER, registered
from tests.links.feeds.resources import coverage, ndjson, patient

HI = {"institution": "HI0001", "format": "fhir"}


@pytest.fixture
def hanako(db: None) -> Resident:
    """Somebody with a number in the vault."""
    return registered(NUMBER)


def file_of(folder: Path, *resources: object) -> str:
    """A file of these."""
    path = folder / "feed_HI0001.ndjson"
    path.write_bytes(ndjson(*resources))
    return str(path)


def ran(*arguments: str, **options: object) -> tuple[str, str]:
    """What the command printed, and what it warned of."""
    out, err = io.StringIO(), io.StringIO()
    call_command("import_feed", *arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.mark.parametrize("category", [[], ["--category", "health_insurance"]])
def test_a_fhir_file_is_imported_and_summed_up(hanako: Resident, tmp_path: Path, category: list[str]):
    path = file_of(tmp_path, coverage(), patient(), {"resourceType": "Claim"})

    out, err = ran(path, "--institution", "HI0001", "--format", "fhir", *category)

    assert out.startswith("rows=1 created=1 changed=0 unchanged=0 removed=0 rejected=0 seconds=")
    assert "The file is in UTF-8." in err
    assert "Warning: Resources of the type Claim are not read here and were ignored. Rows: 1." in err
    assert FeedImport.objects.get().category == Link.objects.get().category == "health_insurance"


def test_rejects_are_written_with_the_element_and_a_masked_number(hanako: Resident, tmp_path: Path):
    path, rejects = file_of(tmp_path, patient(), coverage(period={"start": "2024-13-01"})), tmp_path / "r.csv"

    out, _err = ran(path, rejects=rejects, **HI)

    assert "rejected=1" in out
    assert rejects.read_text().splitlines()[1].startswith("2,Patient.identifier.period | Coverage.period,")
    assert rejects.read_text().splitlines()[1].endswith(",A1,********1475")


@pytest.mark.parametrize("options", [HI | {"category": "pension"}, {"institution": "HI0001"}])
def test_another_category_or_none_in_csv_is_wrong_usage(db: None, tmp_path: Path, options: dict[str, object]):
    with pytest.raises(CommandError, match="--category") as failed:
        ran(file_of(tmp_path, patient(), coverage()), **options)

    assert failed.value.returncode == 2
    assert not Institution.objects.exists()


def test_a_csv_file_is_no_fhir_file_and_loses_every_line(hanako: Resident, tmp_path: Path):
    path = tmp_path / "feed.csv"
    path.write_text(f"individual_number,reference,linked_on\n{NUMBER},A1,2024-05-01\n")

    out, _err = ran(str(path), **HI)

    assert out.startswith("rows=2 created=0 changed=0 unchanged=0 removed=0 rejected=2 ")


def test_what_is_not_utf_8_exits_with_1(db: None, tmp_path: Path):
    path = file_of(tmp_path, ndjson(patient(), coverage()).decode().encode("cp932"))

    with pytest.raises(CommandError, match="in UTF-8") as failed:
        ran(path, **HI)

    assert failed.value.returncode == 1
