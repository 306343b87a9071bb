"""Whom a protection covers, and what that does to those who act for them."""

import datetime

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from accounts import audit
from accounts.acting.ending import end_due
from accounts.actions import grant_parent
from accounts.identity.claiming import ask_for_letter
from accounts.models import Authority, Protection, Resident
from accounts.protection.agents import end_stopped
from accounts.recipients import reachable
from accounts.refusal import AccountError
from notices.kinds import KINDS
from notices.models import Notice
from notices.recipients import About
from tests import factories
from tests.accounts.identity.stating import as_stated, single

DAY = datetime.date(2026, 11, 28)


@pytest.fixture
def mother(db: None) -> Resident:
    return factories.ResidentFactory.create(household_code="H1", protected=True)


def at_home(born: str, **fields) -> Resident:
    """Somebody of the mother's household."""
    return factories.ResidentFactory.create(**{"household_code": "H1", "birth_date": born, **fields})


def is_covered(resident: Resident, *, on: datetime.date = DAY) -> bool:
    return Resident.objects.covered(on=on).filter(pk=resident.pk).exists()


@pytest.mark.parametrize(
    ("born", "covers"),
    [
        ("2020-05-06", True),
        ("2008-11-29", True),
        ("2008-11-28", False),
        ("2008-00-00", True),
        ("2007-00-00", False),
        ("1985-04-02", False),
    ],
)
def test_children_at_home_are_covered_until_the_day_on_which_they_are_18(mother, born, covers) -> None:
    assert is_covered(at_home(born)) is covers


def test_a_child_elsewhere_is_not_covered(mother) -> None:
    assert not is_covered(at_home("2020-05-06", household_code="H2"))


def test_nobody_is_at_home_without_a_household(db) -> None:
    factories.ResidentFactory.create(household_code="", protected=True)

    assert not is_covered(at_home("2020-05-06", household_code=""))


def test_staff_s_word_covers_like_the_register_s(db, support, now) -> None:
    mother = factories.ResidentFactory.create(household_code="H1")
    protection = Protection.objects.create(resident=mother, reason="x", set_by=support, set_at=now)
    child = at_home("2020-05-06")
    covered = is_covered(mother) and is_covered(child)

    protection.lift_by, protection.lift_at, protection.lift_reason = support, now, "x"
    protection.ended_by, protection.ended_at = factories.UserFactory.create(role="supervisor"), now
    protection.save()

    assert covered
    assert not is_covered(mother)
    assert not is_covered(child)


def test_the_agents_of_a_covered_child_act_no_more_from_that_moment(mother, today) -> None:
    child = at_home("2020-05-06")
    father = factories.bound_user(factories.ResidentFactory.create())
    factories.authority(agent=father, subject=child)

    assert not Authority.objects.valid(on=today).exists()
    assert not Resident.objects.visible_to(father, on=today).filter(pk=child.pk).exists()
    assert not Resident.objects.represented_by(father, on=today).exists()
    assert [who.user_id for who in reachable([About(child.pk)], on=today)[0]] == []


def test_what_staff_granted_knowing_of_it_stands_and_sees_no_place(mother, today) -> None:
    child = at_home("2020-05-06")
    aunt = factories.bound_user(factories.ResidentFactory.create())
    factories.authority(agent=aunt, subject=child, despite_protection=True)

    (seen,) = Resident.objects.represented_by(aunt, on=today)

    assert seen == child
    assert seen.places_hidden


def test_one_s_own_places_are_one_s_own(mother, today) -> None:
    user = factories.bound_user(mother)

    (seen,) = Resident.objects.visible_to(user, on=today)

    assert not seen.places_hidden


def test_authority_that_a_protection_stopped_ends_for_good_and_nobody_learns_why(mother, now) -> None:
    father = factories.bound_user(factories.ResidentFactory.create())
    authority = factories.authority(agent=father, subject=at_home("2020-05-06"))

    end_due(at=now)

    authority.refresh_from_db()
    (told,) = Notice.objects.filter(kind__startswith="acting.")
    words = f"{KINDS[told.kind].title} {KINDS[told.kind].text}"
    assert authority.ended_at
    assert "保護" not in words
    assert "住所" not in words


def test_only_the_household_is_ended_where_one_person_is_named(mother) -> None:
    other = factories.ResidentFactory.create(protected=True)
    factories.authority(agent=factories.UserFactory.create(), subject=other)
    here = factories.authority(agent=factories.UserFactory.create(), subject=at_home("2020-05-06"))

    end_stopped(mother, at=timezone.now())

    assert list(Authority.objects.exclude(ended_at=None)) == [here]


def test_nobody_is_let_act_for_a_covered_child(mother, now) -> None:
    child = at_home("2020-05-06")

    with pytest.raises(AccountError):
        grant_parent(agent=factories.UserFactory.create(), child=child, by=None, at=now)


def test_no_letter_goes_to_a_covered_child(mother, now) -> None:
    child = single(household_code="H1", birth_date="2012-03-04")

    claim = ask_for_letter(claims=as_stated(child), by=factories.UserFactory.create(), at=now)

    assert claim.resident is None


def test_whoever_acted_for_somebody_may_not_decide_about_them_as_staff(mother, today) -> None:
    clerk = factories.UserFactory.create(role="support")
    factories.authority(agent=clerk, subject=mother)

    assert Resident.objects.close_to(clerk, on=today).filter(pk=mother.pk).exists()


def test_what_is_done_about_it_is_hidden_in_the_trail_of_whoever_sees_no_place(mother, support, now) -> None:
    audit.record("protection.set", by=support, at=now, resident=mother)
    audit.record("record.viewed", by=support, at=now, resident=mother)

    own = mother.trail.model.objects.about(mother)
    mother.places_hidden = True
    others = mother.trail.model.objects.about(mother)

    assert {event.verb for event in own} == {"protection.set", "record.viewed"}
    assert [event.verb for event in others] == ["record.viewed"]


def test_mail_to_a_covered_person_says_only_that_there_is_a_message(mother, today) -> None:
    user = factories.bound_user(mother)

    [[recipient]] = reachable([About(mother.pk)], on=today)

    assert recipient.user_id == user.pk
    assert recipient.neutral


@pytest.mark.parametrize(
    "fields",
    [
        {"confirmed_by": "first", "confirmed_at": "now"},
        {"confirmed_by": "second"},
        {"lift_by": "first", "lift_at": "now"},
        {"lift_by": "first", "lift_at": "now", "lift_reason": "x", "ended_by": "first", "ended_at": "now"},
        {"ended_by": "second", "ended_at": "now"},
    ],
    ids=["confirmed alone", "nobody knows when", "without a reason", "lifted alone", "lifted unproposed"],
)
def test_the_database_wants_two_people(mother, support, now, fields) -> None:
    known = {"first": support, "second": factories.UserFactory.create(role="supervisor"), "now": now}
    values = {name: known.get(value, value) for name, value in fields.items()}

    with pytest.raises(IntegrityError):
        Protection.objects.create(resident=mother, reason="x", set_by=support, set_at=now, **values)


def test_a_person_has_one_protection_at_a_time(mother, support, now) -> None:
    Protection.objects.create(resident=mother, reason="x", set_by=support, set_at=now)

    with pytest.raises(IntegrityError):
        Protection.objects.create(resident=mother, reason="x", set_by=support, set_at=now)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has other plans")
def test_the_household_is_found_by_its_index(mother, today) -> None:
    plan = Resident.objects.covered(on=today).filter(pk=mother.pk).explain()

    assert "Seq Scan on accounts_protection" not in plan or "Index" in plan
