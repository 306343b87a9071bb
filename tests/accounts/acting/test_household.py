"""A parent by the register: only where it speaks plainly, and only as long as it does."""

import pytest

from accounts.acting.ending import Ending, end_due
from accounts.acting.household import act_for_child, children_of
from accounts.models import Authority, Binding, Resident
from accounts.refusal import AccountError
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(resident) -> Resident:
    """A child of the head of the resident's household."""
    return member(resident, "子")


def member(head, relationship, **facts) -> Resident:
    usual = {"household_code": head.household_code, "relationship": relationship, "birth_date": "2018-06-01"}
    return factories.ResidentFactory.create(**{**usual, **facts})


def test_the_head_acts_for_the_child_to_the_eve_of_its_fifteenth_birthday(
    child, resident_user, now, today
) -> None:
    given = act_for_child(child=child, by=resident_user, at=now)

    assert (given.kind, given.basis, given.ends_on) == ("parent", "register", child.last_day_as_child)
    assert child in Resident.objects.wholly_visible_to(resident_user, on=today)


@pytest.mark.parametrize("relationship", ["妻", "夫", "母", "子", "同居人", ""])
def test_who_is_not_the_head_needs_a_document(relationship, child, resident, resident_user, now) -> None:
    Resident.objects.filter(pk=resident.pk).update(relationship=relationship)

    with pytest.raises(AccountError):
        act_for_child(child=child, by=resident_user, at=now)


@pytest.mark.parametrize("relationship", ["子の子", "妻の子", "孫", "弟", "同居人", "縁故者", ""])
def test_who_is_not_a_child_of_the_head_needs_a_document(relationship, resident, today) -> None:
    member(resident, relationship)

    assert children_of(resident, on=today) == []


@pytest.mark.parametrize(
    "facts", [{"birth_date": "2005-01-01"}, {"died_on": "2026-01-01"}, {"household_code": "another"}]
)
def test_who_grew_up_died_or_lives_elsewhere_is_not_listed(facts, resident, today) -> None:
    member(resident, "子", **facts)

    assert children_of(resident, on=today) == []


def test_one_protected_person_silences_the_register(child, resident, resident_user, now, today) -> None:
    member(resident, "妻", birth_date="1988-01-01", protected=True)

    assert children_of(resident, on=today) == []
    with pytest.raises(AccountError):
        act_for_child(child=child, by=resident_user, at=now)


def test_protection_in_the_household_stops_it_at_once(child, resident, resident_user, now, today) -> None:
    given = act_for_child(child=child, by=resident_user, at=now)

    member(resident, "妻", birth_date="1988-01-01", protected=True)

    assert child not in Resident.objects.visible_to(resident_user, on=today)
    end_due(at=now)
    given.refresh_from_db()
    assert given.ending == Ending.PROTECTION


@pytest.mark.parametrize(
    "facts", [{"household_code": "another"}, {"household_code": ""}, {"relationship": "子の子"}]
)
def test_it_ends_when_the_register_does_not_say_so_any_more(facts, child, resident_user, now) -> None:
    given = act_for_child(child=child, by=resident_user, at=now)
    Resident.objects.filter(pk=child.pk).update(**facts)

    end_due(at=now)

    given.refresh_from_db()
    assert given.ending == Ending.HOUSEHOLD


def test_what_a_document_granted_does_not_ask_the_register(child, resident_user, now) -> None:
    factories.authority(agent=resident_user, subject=child, ends_on=child.last_day_as_child)
    Resident.objects.filter(pk=child.pk).update(household_code="another")

    assert end_due(at=now) == 0


def test_a_guest_acts_for_no_child(child, resident_user, now) -> None:
    Binding.objects.update(bound_at=now)

    with pytest.raises(AccountError):
        act_for_child(child=child, by=resident_user, at=now)


def test_twice_is_refused_kindly(child, resident_user, now) -> None:
    act_for_child(child=child, by=resident_user, at=now)

    with pytest.raises(AccountError):
        act_for_child(child=child, by=resident_user, at=now)

    assert Authority.objects.count() == 1
