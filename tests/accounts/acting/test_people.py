"""Staff find a person, see who acts for them, and end it in one step."""

import datetime

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.acting import deciding
from accounts.models import AuditEvent, Authority, Resident
from accounts.refusal import AccountError
from tests import factories
from tests.accounts.acting.stating import mandate
from tests.readers import sign_in

YEAR = datetime.timedelta(days=365)


@pytest.fixture
def desk(client, support):
    return sign_in(client, support)


@pytest.fixture
def helped(neighbour_user, resident) -> Authority:
    """The neighbour helps the resident."""
    return factories.authority(agent=neighbour_user, subject=resident, kind="carer")


def page_of(person: Resident) -> str:
    return reverse("acting:person", args=[person.public_id])


def test_a_person_is_found_and_sees_that(desk, resident) -> None:
    page = desk.post(reverse("acting:seek"), {"name": resident.name, "birth_date": resident.birth_date})

    assertContains(page, page_of(resident))
    assert AuditEvent.objects.get(resident=resident).verb == "person.sought"


def test_both_sides_of_it_are_shown_and_written_down(desk, helped, resident, neighbour) -> None:
    whose, theirs = desk.get(page_of(resident)), desk.get(page_of(neighbour))

    assertContains(whose, reverse("acting:end", args=[helped.public_id]))
    assertContains(theirs, reverse("acting:end", args=[helped.public_id]))
    assertNotContains(whose, resident.address)
    looks = AuditEvent.objects.filter(verb="authority.viewed").values_list("resident", flat=True)
    assert sorted(looks) == sorted([resident.pk, neighbour.pk, resident.pk])


def test_one_press_ends_it_and_a_second_one_finds_nothing(desk, helped, resident) -> None:
    url = reverse("acting:end", args=[helped.public_id])

    answer = desk.post(url, follow=True)

    helped.refresh_from_db()
    assertContains(answer, "It ended. Both sides are told.")
    assert helped.ending == "by_staff"
    assert desk.post(url).status_code == 404


def test_staff_do_not_end_what_concerns_themselves(client, support, resident) -> None:
    own = factories.authority(agent=support, subject=resident)

    answer = sign_in(client, support).post(reverse("acting:end", args=[own.public_id]), follow=True)

    assert answer.status_code == 403
    assert Authority.objects.open().filter(pk=own.pk).exists()


@pytest.fixture
def ward(db) -> Resident:
    return factories.ResidentFactory.create(birth_date="1940-01-01", protected=True)


@pytest.fixture
def asked(ward, resident_user, now):
    return mandate(ward, resident_user, kind="guardian", at=now)


def propose(asked, ward, by, at, remedy="despite") -> None:
    deciding.propose(
        mandate=asked,
        remedy=remedy,
        resident=ward,
        document="court",
        ends_on=at.date() + YEAR,
        reason="The court named her knowing of it.",
        by=by,
        at=at,
    )


def test_despite_protection_two_people_let_a_guardian_act_who_sees_no_place(
    asked, ward, resident_user, support, supervisor, now, today
) -> None:
    propose(asked, ward, support, now)
    deciding.approve(mandate=asked, by=supervisor, at=now)

    given = Authority.objects.get()
    assert given.despite_protection
    assert Resident.objects.visible_to(resident_user, on=today).get(pk=ward.pk).places_hidden


def test_without_saying_so_nobody_acts_for_a_protected_person(asked, ward, support, now) -> None:
    with pytest.raises(AccountError, match=str(deciding.PROTECTED)):
        propose(asked, ward, support, now, remedy="grant")


def test_a_protection_that_came_after_the_proposal_stops_it(asked, ward, support, supervisor, now) -> None:
    Resident.objects.filter(pk=ward.pk).update(protected=False)
    propose(asked, ward, support, now, remedy="grant")
    Resident.objects.filter(pk=ward.pk).update(protected=True)

    with pytest.raises(AccountError, match=str(deciding.PROTECTED)):
        deciding.approve(mandate=asked, by=supervisor, at=now)


def test_what_needs_not_be_despite_anything_is_an_authority_as_usual(
    asked, ward, support, supervisor, now
) -> None:
    Resident.objects.filter(pk=ward.pk).update(protected=False)
    propose(asked, ward, support, now)
    deciding.approve(mandate=asked, by=supervisor, at=now)

    assert not Authority.objects.get().despite_protection
