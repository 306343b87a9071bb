"""The staff's front page: what waits in every room."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django.asserts import assertContains, assertNotContains

from accounts.intake.refusal import FeedRefused
from links import watching
from links.models import Institution, Matter, ReviewRun
from portal import staff_page
from tests import factories
from tests.accounts.identity import stating as claims
from tests.certificates import factories as certificates
from tests.links.fed import DAY, applied, refused
from tests.links.feeds.feeding import NUMBER, imported, many, registered, row
from tests.notices.factories import DeliveryFactory
from tests.reports import factories as reports

ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_letters_that_wait_are_counted(staff):
    DeliveryFactory.create(channel="letter", recipient=None, due_at=None)

    answer = staff()

    assertContains(answer, reverse("posting:list"))
    assert answer.context["page"].letters == 1


@pytest.fixture
def staff(client, supervisor):
    """A supervisor in front of a browser."""
    client.force_login(supervisor)
    return lambda: client.get(reverse("portal:staff"), headers=ENGLISH)


def late(now, **fields) -> Institution:
    """An institution whose bank feed is missing."""
    institution = factories.InstitutionFactory.create(expected_every_days=7, **fields)
    applied(institution, at=now - 20 * DAY)
    return institution


def test_a_file_that_the_brake_stopped_stands_there_with_its_reason(staff, db) -> None:
    registered(NUMBER)
    imported(*many(10))
    with pytest.raises(FeedRefused):
        imported(row("A0"), complete=True)

    response = staff()

    assertContains(response, "A file was refused")
    assertContains(response, "9 of 10 records would disappear")


def test_a_late_feed_stands_there_until_it_comes(staff, now) -> None:
    institution = late(now, name_en="Late Bank")
    watching.look(at=now)

    assertContains(staff(), "Late Bank ・ Bank account for public payments")
    assertContains(staff(), "The next one was due on")

    applied(institution)

    assertNotContains(staff(), "Late Bank")


def test_a_review_that_its_brake_stopped_stands_there_with_its_figures(staff, institution, now) -> None:
    stopped = [[institution.code, "tax", 40, 100]]
    ReviewRun.objects.create(
        state="finished", started_at=now, finished_at=now, rules_version="1", stopped_feeds=stopped
    )
    watching.look(at=now)

    assertContains(staff(), "40 of 100 records would be withheld. Nothing was.")


def test_an_institution_without_a_name_stands_there_with_its_code(staff, db) -> None:
    registered(NUMBER)
    imported(row("A1"))

    assertContains(staff(), "Its code is PN0001.")


def test_refused_files_come_before_late_feeds(institution, now) -> None:
    late(now)
    refused(institution)
    watching.look(at=now)

    kinds = [matter.kind for matter in Matter.objects.open().worst_first()]

    assert kinds == ["feed_refused", "late_feed"]


def test_the_worst_cases_and_waiting_applications_stand_there(staff, link, resident, resident_user) -> None:
    report = reports.filed(link, resident_user)
    certificates.application(resident, resident_user)

    response = staff()

    assertContains(response, report.number)
    assertContains(response, reverse("desk:queue"))
    assertContains(response, reverse("certificates:queue"))
    assertNotContains(response, resident.name)


def test_a_data_officer_sees_institutions_only(client, link, resident_user) -> None:
    report = reports.filed(link, resident_user)
    client.force_login(factories.UserFactory.create(role="data_officer"))

    response = client.get(reverse("portal:staff"), headers=ENGLISH)

    assertContains(response, "Institutions")
    assertNotContains(response, report.number)
    assertNotContains(response, reverse("desk:queue"))
    assertNotContains(response, reverse("certificates:queue"))


def test_when_nothing_waits_the_page_says_so(staff, db) -> None:
    assertContains(staff(), "Nothing waits here.", count=6)


def test_a_long_list_says_how_many_more_there_are(staff, now, monkeypatch) -> None:
    monkeypatch.setattr(staff_page, "MATTERS", 2)
    for _each in range(3):
        late(now)
    watching.look(at=now)

    assertContains(staff(), "And 1 more.")


@pytest.mark.parametrize("institutions", [1, 12])
def test_the_page_costs_the_same_however_much_waits(
    supervisor, now, institutions, django_assert_num_queries
) -> None:
    for _each in range(institutions):
        refused(late(now), "tax")
    watching.look(at=now)

    with django_assert_num_queries(11):
        staff_page.front_page(supervisor, today=timezone.localdate())


def test_sign_ins_for_which_a_letter_or_a_decision_waits_are_counted(staff, supervisor, today) -> None:
    claims.asked(claims.single())
    claims.posted(claims.single(birth_date="1960-01-01"))

    page = staff_page.front_page(supervisor, today=today)

    assert page.sign_ins == 1
    assertContains(staff(), reverse("identity:list"))
