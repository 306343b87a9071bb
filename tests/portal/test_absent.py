"""What may be missing on everybody's page is named there."""

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from links.categories import CATEGORIES
from links.models import Institution
from portal import absent
from tests import factories
from tests.links.fed import DAY, applied


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def weekly(db) -> Institution:
    """An institution that sends every seven days."""
    return factories.InstitutionFactory.create(expected_every_days=7, name_en="Weekly Bank")


def test_late_offices_are_named_with_what_is_missing_the_longest_late_first(weekly, now) -> None:
    applied(weekly, "tax", at=now - 20 * DAY)
    applied(weekly, "pension", at=now - 40 * DAY)
    applied(weekly, "bank_account", at=now)

    late = absent.what_is_absent().late

    assert [str(each.title) for each in late] == ["Pension", "Tax and income"]
    assert all(each.fed_on < each.late_since for each in late)


def test_what_nobody_has_connected_is_named(weekly) -> None:
    for category in list(CATEGORIES)[2:]:
        applied(weekly, category)

    assert absent.what_is_absent().titles == list(CATEGORIES.values())[:2]


def test_when_everything_came_nothing_is_missing(weekly) -> None:
    for category in CATEGORIES:
        applied(weekly, category)

    assert not absent.what_is_absent().is_anything


def test_offices_that_never_sent_anything_are_named(weekly) -> None:
    silent = factories.InstitutionFactory.create(name_en="Silent Bank")
    applied(weekly)

    assert absent.what_is_absent().silent == [silent]


def test_the_first_ten_are_named_and_the_others_counted(db) -> None:
    for _each in range(absent.NAMED + 3):
        factories.InstitutionFactory.create()

    found = absent.what_is_absent()

    assert (len(found.silent), found.more) == (absent.NAMED, 3)


def test_the_home_page_names_them(client, link, weekly, resident_user, now) -> None:
    applied(link.institution, link.category, at=now)
    applied(weekly, "tax", at=now - 20 * DAY)
    factories.InstitutionFactory.create(name_en="Silent Bank")
    client.force_login(resident_user)

    response = client.get(reverse("portal:home"), headers={"accept-language": "en"})

    assertContains(response, "Weekly Bank")
    assertContains(response, "Late since")
    assertContains(response, "Silent Bank")
    assertContains(response, "Never connected")
    assertContains(response, "Vaccination ・ ")
    assertContains(response, reverse("portal:institutions"))
    assertNotContains(response, "more.")


def test_the_record_page_says_when_its_office_last_sent_a_feed(client, link, resident_user, now) -> None:
    Institution.objects.update(expected_every_days=7)
    applied(link.institution, link.category, at=now - 20 * DAY)
    client.force_login(resident_user)

    response = client.get(link.get_absolute_url(), headers={"accept-language": "en"})

    assertContains(response, "Last feed of this office on")
    assertContains(response, "The next one is late since")
