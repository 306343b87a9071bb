"""Bindings and authority: what the database refuses."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Authority, Binding
from tests import factories

DAY = datetime.timedelta(days=1)


def bind(user, resident, at, **fields) -> Binding:
    return factories.binding(user=user, resident=resident, method="card", bound_at=at, **fields)


def test_a_sign_in_belongs_to_one_person(resident_user, neighbour, now) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        bind(resident_user, neighbour, now)


def test_a_person_has_one_sign_in(resident, resident_user, now) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        bind(factories.UserFactory.create(), resident, now)


def test_after_a_binding_ended_both_may_be_bound_again(resident, resident_user, neighbour, now) -> None:
    Binding.objects.update(ended_at=now)

    bind(resident_user, neighbour, now)
    bind(factories.UserFactory.create(), resident, now)

    assert Binding.objects.current().count() == 2


def test_bindings_that_ended_are_kept(resident, resident_user, now) -> None:
    for _time in range(2):
        Binding.objects.update(ended_at=now)
        bind(resident_user, resident, now)

    assert Binding.objects.count() == 3
    assert Binding.objects.current().count() == 1


def test_nobody_has_the_same_authority_twice(resident_user, neighbour) -> None:
    factories.authority(agent=resident_user, subject=neighbour)

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.authority(agent=resident_user, subject=neighbour, kind="carer")


def test_authority_may_be_given_again_after_it_was_ended(resident_user, neighbour, now, today) -> None:
    factories.authority(agent=resident_user, subject=neighbour, ended_at=now)

    factories.authority(agent=resident_user, subject=neighbour)

    assert Authority.objects.valid(on=today).count() == 1


def test_one_person_may_have_several_agents(neighbour, today) -> None:
    for _agent in range(2):
        factories.authority(agent=factories.UserFactory.create(), subject=neighbour)

    assert Authority.objects.valid(on=today).filter(subject=neighbour).count() == 2


def test_authority_never_ends_before_it_starts(resident_user, neighbour, today) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.authority(agent=resident_user, subject=neighbour, starts_on=today, ends_on=today - DAY)


def test_authority_of_a_single_day_is_possible(resident_user, neighbour, today) -> None:
    factories.authority(agent=resident_user, subject=neighbour, starts_on=today, ends_on=today)

    assert Authority.objects.valid(on=today).exists()
    assert not Authority.objects.valid(on=today + DAY).exists()


def test_names_of_rows_hold_no_person(resident, resident_user, neighbour, now) -> None:
    authority = factories.authority(agent=resident_user, subject=neighbour)
    rows = [resident, resident_user, authority, Binding.objects.first()]

    for row in rows:
        assert resident.name not in str(row)
        assert resident_user.email not in str(row)


def test_what_was_given_to_somebody_is_all_that_nobody_ended(
    resident, neighbour, neighbour_user, now, today
) -> None:
    used = factories.authority(agent=neighbour_user, subject=resident)
    over = factories.authority(
        agent=neighbour_user, subject=factories.ResidentFactory.create(), ends_on=today - DAY
    )
    factories.authority(agent=neighbour_user, subject=factories.ResidentFactory.create(), ended_at=now)
    factories.authority(agent=factories.bound_user(factories.ResidentFactory.create()), subject=neighbour)

    assert set(Authority.objects.given_to(neighbour_user)) == {used, over}


def test_nothing_was_given_to_whoever_acts_for_nobody(resident_user) -> None:
    assert not Authority.objects.given_to(resident_user).exists()
