"""The pages on which staff hide where somebody lives."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AuditEvent, Protection
from tests import factories
from tests.readers import sign_in


@pytest.fixture
def person(db):
    return factories.ResidentFactory.create(
        name="鷺沢　文", name_kana="サギサワ　アヤ", birth_date="1990-03-04"
    )


@pytest.fixture
def desk(client, support):
    return sign_in(client, support)


def url(person, name: str = "") -> str:
    return reverse(
        "protection:step" if name else "protection:person", args=[person.public_id, *filter(None, [name])]
    )


def test_a_person_is_found_by_name_and_day_and_sees_that(desk, person) -> None:
    page = desk.post(reverse("protection:list"), {"name": "鷺沢 文", "birth_date": "平成2年3月4日"})

    assertContains(page, url(person))
    assertNotContains(page, person.address)
    assert AuditEvent.objects.get(resident=person).verb == "person.sought"


def test_a_wrong_day_finds_nobody_and_leaves_no_row(desk, person) -> None:
    page = desk.post(reverse("protection:list"), {"name": "鷺沢 文", "birth_date": "1990-03-05"})

    assertContains(page, "Nobody of the register is called like that")
    assert not AuditEvent.objects.exists()


def test_what_is_no_day_is_said_beside_the_field(desk, person) -> None:
    page = desk.post(reverse("protection:list"), {"name": "鷺沢 文", "birth_date": "soon"})

    assertContains(page, "Please write the day as year, month and day")


def test_from_finding_to_lifting_by_two_people(desk, client, person, supervisor) -> None:
    desk.post(url(person, "set"), {"reason": "Asked at the counter."})
    waiting = sign_in(client, supervisor).get(reverse("protection:list"))
    client.post(url(person, "confirm"))
    client.post(url(person, "propose"), {"reason": "Asked for it."})
    page = client.get(url(person))

    assertContains(waiting, url(person))
    assertNotContains(waiting, person.name)
    assertContains(page, "The end waits for a second person.")
    protection = Protection.objects.get()
    assert protection.confirmed_by == supervisor
    assert protection.ended_at is None


def test_no_reason_no_protection(desk, person) -> None:
    page = desk.post(url(person, "set"), {"reason": ""})

    assert page.status_code == 200
    assertContains(page, "error")
    assert not Protection.objects.exists()


def test_an_unknown_step_is_not_there(desk, person) -> None:
    assert desk.post(url(person, "burn")).status_code == 404


def test_nothing_is_confirmed_where_nothing_was_set(client, supervisor, person) -> None:
    client.force_login(supervisor)

    assert client.post(url(person, "confirm")).status_code == 404


def test_one_s_own_affair_is_refused(desk, support, person) -> None:
    factories.authority(agent=support, subject=person)

    assert desk.get(url(person)).status_code == 403


def test_the_page_needs_few_queries(desk, person, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(20):
        desk.get(url(person))
