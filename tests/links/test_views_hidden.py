"""What a record's page keeps back: nothing of a stranger is shown, whatever is sent."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AuditEvent
from links.models import Change, Link
from tests import factories

STRANGER = {
    "holder_name": "余所　権兵衛",
    "holder_kana": "ヨソ　ゴンベエ",
    "holder_birth_date": "1951-12-30",
    "holder_address": "北海道稚内市中央１丁目１番１号",
    "entered_by": "稚内市 窓口 端末9",
    "reference": "WAKKANAI-0987654321",
    "details": {"bank_name": "稚内信用金庫", "branch_name": "宗谷岬", "account_number": "7654321"},
}
HIDDEN = {
    "withheld": {"held": True, "verdict": "mismatch"},
    "not checked yet": {"verdict": ""},
    "pointing to another person": {"verdict": "mismatch"},
    "concealed under review": {"verdict": "review", "concealed": True},
    "taken back by the institution": {"status": "removed"},
    "unlinked": {"settled_as": "unlinked", "settled_digest": b"d" * 32},
}


def hidden_link(resident, state) -> Link:
    """A stranger's record on the resident's number, with a finding and a history."""
    link = factories.LinkFactory.create(resident=resident, **{**STRANGER, **state})
    factories.FindingFactory.create(
        link=link,
        verdict="mismatch",
        elements={"name": "other", "kana": "other", "birth_date": "other", "address": "other_town"},
    )
    Change.objects.create(
        link=link,
        resident=resident,
        kind="updated",
        before={"holder_name": STRANGER["holder_name"]},
        after={"holder_address": STRANGER["holder_address"]},
        at=link.changed_at,
    )
    return link


def assert_nothing_of_the_stranger(response) -> None:
    page = response.content.decode()
    details = STRANGER["details"].values()
    telling = [value for value in STRANGER.values() if isinstance(value, str)] + list(details)
    parts = [part for value in telling for part in (value, *value.split("　"), *value.split())]
    assert [part for part in parts if part in page] == []
    assert STRANGER["reference"][-4:] not in page


@pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)
def test_the_page_shows_nothing_of_the_holder_when_the_record_is(reader, resident, state) -> None:
    link = hidden_link(resident, state)

    response = reader.get(link.get_absolute_url())

    assertContains(response, "Bank account for public payments")
    assertContains(response, "Mihon Bank")
    assert_nothing_of_the_stranger(response)
    assertNotContains(response, 'class="match')
    assertNotContains(response, reverse("links:details", args=[link.public_id]))
    assertNotContains(response, reverse("links:confirm", args=[link.public_id]))


@pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)
def test_a_form_sent_all_the_same_opens_nothing_when_the_record_is(reader, resident, state) -> None:
    link = hidden_link(resident, state)

    response = reader.post(reverse("links:details", args=[link.public_id]), follow=True)

    assertContains(response, "The details are hidden while we check whose record this is.")
    assert_nothing_of_the_stranger(response)
    assert not AuditEvent.objects.filter(verb="record.details_opened").exists()


@pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)
def test_the_home_page_shows_nothing_of_the_holder_when_a_record_is(reader, resident, state) -> None:
    hidden_link(resident, state)

    response = reader.get(reverse("portal:home"))

    assert_nothing_of_the_stranger(response)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"held": True}, "This record may belong to another person"),
        ({"verdict": ""}, "This record was not checked yet"),
        ({"verdict": "mismatch"}, "Our staff are checking this record"),
        ({"status": "removed"}, "The office took this record back"),
        ({"settled_as": "unlinked", "settled_digest": b"d" * 32}, "This record was removed from your number"),
    ],
)
def test_the_page_says_why_the_details_are_hidden(reader, resident, state, said) -> None:
    link = hidden_link(resident, state)

    response = reader.get(link.get_absolute_url())

    assertContains(response, said)


def test_a_hold_says_that_it_ends_no_insurance_and_no_payment(reader, resident) -> None:
    link = hidden_link(resident, {"held": True})

    response = reader.get(link.get_absolute_url())

    assertContains(response, "That does not end your insurance or any payment.")
