"""The page on which people choose how they are told."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Telephone
from accounts.reaching.forms import TelephoneForm
from notices.models import Preference
from notices.policy import GROUPS

PAGE = "accounts:reaching"
ALL = {group: ["email"] for group in GROUPS}


def test_everything_is_on_and_nothing_is_quiet_at_first(reader):
    page = reader.get(reverse(PAGE))

    assert page.content.count(b"checked") == len(GROUPS)
    assertNotContains(page, 'value="sms"')


def test_what_is_chosen_is_kept_and_shown(reader, resident_user):
    chosen = ALL | {"reports": [], "quiet_from": "22:00", "quiet_until": "07:00"}

    assert reader.post(reverse(PAGE), chosen).status_code == 302

    kept = Preference.objects.get(user=resident_user)
    assert kept.switched_off == ["reports:email"]
    assert (f"{kept.quiet_from:%H:%M}", f"{kept.quiet_until:%H:%M}") == ("22:00", "07:00")
    page = reader.get(reverse(PAGE))
    assert page.content.count(b"checked") == len(GROUPS) - 1
    assertContains(page, '<option value="22:00" selected>')


@pytest.mark.parametrize(
    "hours",
    [
        {"quiet_from": "22:00"},
        {"quiet_until": "07:00"},
        {"quiet_from": "07:00", "quiet_until": "07:00"},
        {"quiet_from": "25:00", "quiet_until": "07:00"},
    ],
)
def test_half_hours_are_refused_in_words_and_nothing_is_lost(hours, reader):
    page = reader.post(reverse(PAGE), ALL | {"reports": []} | hours)

    assert page.status_code == 200
    assertContains(page, "error", msg_prefix="the summary")
    assert page.content.count(b"checked") == len(GROUPS) - 1
    assert not Preference.objects.filter(quiet_from__isnull=False).exists()


def test_a_channel_that_does_not_exist_is_refused(reader):
    page = reader.post(reverse(PAGE), ALL | {"reports": ["pigeon"]})

    assert page.status_code == 200
    assert not Preference.objects.exists()


def test_what_the_page_did_not_show_stays_as_it_was(reader, resident_user):
    Preference.objects.create(user=resident_user, switched_off=["reports:sms"])

    reader.post(reverse(PAGE), ALL)

    assert Preference.objects.get().switched_off == ["reports:sms"]


def test_a_telephone_shows_its_last_digits_only_and_a_second_column(reader, resident_user, now):
    Telephone.objects.create(user=resident_user, number="+819012345678", proven_at=now)

    page = reader.get(reverse(PAGE))

    assertContains(page, "…5678")
    assertNotContains(page, "9012345678")
    assertContains(page, 'value="sms"', count=len(GROUPS))


@pytest.mark.parametrize(
    "typed",
    ["090-1234-5678", "09012345678", "０９０ー１２３４ー５６７８", "+81 90 1234 5678", "+81 (0)90-1234-5678"],
)
def test_a_number_is_read_however_it_is_typed(typed):
    form = TelephoneForm({"number": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["number"] == "+819012345678"


@pytest.mark.parametrize(
    "typed", ["", "110", "03-1234-5678", "+1 555 123 4567", "090-1234-567", "0" * 31, "x"]
)
def test_what_is_no_mobile_number_of_japan_is_refused(typed):
    assert not TelephoneForm({"number": typed}).is_valid()
