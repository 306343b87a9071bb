"""What a resident sees of their records: the whole list, one record, and nothing of a stranger."""

import pytest

from accounts.models import Resident
from links.actions import AGENTS_OWN, THANKS
from links.models import Link
from portal.sample.personas import CHILD_CODE
from tests.factories import FindingFactory, LinkFactory, authority
from tests.journeys.smallest import ALSO_SMALL

pytestmark = pytest.mark.journey


def test_a_resident_sees_the_records_by_kind_and_where_one_came_from(arrive, sample):
    visitor = arrive().sign_in(*credentials(sample, "all-in-order"))
    visitor.reads("Nothing needs you now.", "Money", "Health", "Pension", "Tax", "Matches your data").look()

    visitor.follow("a[href^='/records/']").reads("What was sent", "Where it came from", "Same").look()
    visitor.reads("Who looked at it and what was done", "You")
    visitor.reads_nothing_of("Reference").press("Show the details").reads("Details", "Reference").look()

    visitor.press("Yes, this is mine").reads(str(THANKS))
    visitor.finds("Yes, this is mine", there=False).press("Back to the list").reads("You confirmed it")


@pytest.mark.parametrize(("scripted", "small"), [(True, True)], ids=["simple_small"])
def test_in_the_simple_version_a_record_is_found_checked_and_confirmed(arrive, sample):
    visitor = arrive().sign_in(*credentials(sample, "all-in-order"))
    visitor.reads("Nothing needs you now.").look().press("See my insurance and accounts").look()

    visitor.follow("a[href^='/records/']").reads("What was sent", "Where it came from").look()
    visitor.press("Show the details").reads("Details", "Reference").look()
    visitor.press("Yes, this is mine").reads(str(THANKS)).look()

    visitor.press("Back to the list").reads("You confirmed it").look()


@ALSO_SMALL
def test_a_withheld_record_shows_nothing_of_the_stranger(arrive, sample):
    record = withheld_record_of_the_child()
    visitor = arrive().sign_in(*credentials(sample, "child-account"))

    visitor.open(f"/people/{record.resident.public_id}/").reads("Stopped while we check it").look()
    visitor.reads_nothing_of(*secrets_of(record)).open(record.get_absolute_url()).look()

    visitor.reads("This record may belong to another person", record.institution.name_ja)
    visitor.reads_nothing_of(*secrets_of(record))
    visitor.finds("Show the details", there=False)


def test_every_page_about_a_child_names_the_child_in_the_band(arrive, sample):
    record = withheld_record_of_the_child()
    child = record.resident
    visitor = arrive().sign_in(*credentials(sample, "child-account"))
    pages = [
        f"/people/{child.public_id}/",
        record.get_absolute_url(),
        f"/reports/new/{record.public_id}/what/",
        f"/certificates/for/{child.public_id}/",
        f"/certificates/for/{child.public_id}/verdict/",
    ]

    unnamed = [path for path in pages if child.name not in band_of(visitor.open(path))]

    assert unnamed == []
    assert band_of(visitor.open("/")) == ""


@ALSO_SMALL
def test_a_parent_cannot_confirm_an_account_of_their_own_on_the_childs_number(
    arrive, resident, neighbour, resident_user
):
    authority(agent=resident_user, subject=neighbour)
    own = {"holder_name": resident.name, "holder_kana": resident.name_kana}
    record = LinkFactory.create(resident=neighbour, verdict="unverifiable", **own)
    FindingFactory.create(link=record)
    visitor = arrive().sign_in(resident_user).open(record.get_absolute_url())

    visitor.press("Yes, this is mine")

    visitor.reads(str(AGENTS_OWN)).finds("No, something is wrong").look()
    record.refresh_from_db()
    assert record.confirmed_at is None


def test_somebody_elses_record_is_a_page_that_is_not_there(arrive, sample, resident):
    theirs = LinkFactory.create(resident=resident, institution__code="ELSEWHERE")
    visitor = arrive().sign_in(*credentials(sample, "neighbour"))

    visitor.open(theirs.get_absolute_url())

    visitor.reads("This page is not here").reads_nothing_of(theirs.institution.name_ja).look()


def credentials(sample, who):
    """Address and password of a persona."""
    return sample[who].email, sample[who].password


def withheld_record_of_the_child() -> Link:
    """The wrong bank account that hangs on the child's number."""
    child = Resident.objects.get(code=CHILD_CODE)
    return child.links.select_related("institution", "resident").get(category="bank_account")


def secrets_of(record: Link) -> list[str]:
    """What only the true holder may know: all but the institution's own name."""
    details = {value for value in record.details.values() if len(value) > 4}
    return [record.reference, record.holder_kana, *(details - {record.institution.name_ja})]


def band_of(visitor) -> str:
    """The band at the top, or nothing."""
    band = visitor.page.locator(".band")
    return band.inner_text() if band.count() else ""
