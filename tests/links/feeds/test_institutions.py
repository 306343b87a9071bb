"""The list of institutions."""

import io

import pytest

from accounts.intake.reading import Reject
from accounts.intake.refusal import FeedRefused
from accounts.intake.whole import Listeners, Report
from links.feeds.institutions import import_institutions
from links.models import Institution

pytestmark = pytest.mark.django_db

HEADER = "code,kind,name_ja,name_en,contact,hours,expected_every_days"
BANK = "BK0001,bank,みどり見本銀行,Midori Sample Bank,0120-000-000,9:00-15:00,7"


def imported(*rows: str, header: str = HEADER) -> tuple[Report, list[Reject]]:
    """What came of importing a list of these rows, and its rejects."""
    rejects: list[Reject] = []
    file = io.BytesIO("\n".join([header, *rows]).encode())
    return import_institutions(file, listeners=Listeners(reject=rejects.append)), rejects


def test_an_institution_is_described():
    report, _rejects = imported(BANK)

    bank = Institution.objects.get()
    assert report.counts.created == 1
    assert (bank.code, bank.kind, bank.name_ja, bank.name_en) == (
        "BK0001",
        "bank",
        "みどり見本銀行",
        "Midori Sample Bank",
    )
    assert (bank.contact, bank.hours, bank.expected_every_days) == ("0120-000-000", "9:00-15:00", 7)


def test_one_first_seen_in_a_feed_gets_its_name():
    Institution.objects.create(code="BK0001", name_ja="BK0001")

    report, _rejects = imported(BANK)

    assert (report.counts.created, report.counts.changed) == (0, 1)
    assert Institution.objects.get().name_ja == "みどり見本銀行"


def test_the_same_list_twice_changes_nothing():
    imported(BANK)

    report, _rejects = imported(BANK)

    assert (report.counts.changed, report.counts.unchanged) == (0, 1)


def test_institutions_that_the_list_lacks_stay():
    imported(BANK)

    imported(BANK.replace("BK0001", "BK0002"))

    assert Institution.objects.count() == 2


def test_a_list_without_optional_columns_does():
    imported("BK0001,みどり見本銀行", header="code,name_ja")

    bank = Institution.objects.get()
    assert (bank.name_en, bank.expected_every_days) == ("", None)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (BANK.replace("BK0001", "BK 0001"), "code"),
        (BANK.replace("BK0001", "x" * 33), "code"),
        (BANK.replace("みどり見本銀行", ""), "name_ja"),
        (BANK.replace(",7", ",often"), "expected_every_days"),
        (BANK.replace(",7", ",0"), "expected_every_days"),
    ],
)
def test_a_bad_row_is_rejected_and_named(row: str, column: str):
    report, rejects = imported(row, BANK.replace("BK0001", "BK0002"))

    assert (report.counts.created, report.counts.rejected) == (1, 1)
    assert rejects[0].column == column


def test_one_code_with_two_names_is_rejected_twice():
    report, _rejects = imported(BANK, BANK.replace("みどり", "あかね"))

    assert report.counts.rejected == 2
    assert not Institution.objects.exists()


def test_a_list_without_codes_is_refused():
    with pytest.raises(FeedRefused):
        imported("みどり見本銀行", header="name_ja")
