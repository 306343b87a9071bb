"""Sign-ins are made, bound to people, and given authority for children."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from accounts.actions import bind, grant_parent, make_sign_in
from accounts.models import AuditEvent, Authority, Resident
from accounts.models.register import birthday
from tests import factories

NIGHT = datetime.datetime(2026, 11, 19, 16, 0, tzinfo=datetime.UTC)  # 1:00 of the 20th in Japan


def test_a_sign_in_opens_with_its_password_at_once(db, rf) -> None:
    user = make_sign_in(email="Hanako@Example.jp", password=factories.PASSWORD)

    assert authenticate(rf.post("/"), email="hanako@example.jp", password=factories.PASSWORD) == user
    assert EmailAddress.objects.get(user=user).verified


def test_a_sign_in_is_made_with_its_address_or_not_at_all(resident_user) -> None:
    before = EmailAddress.objects.count()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_sign_in(email=resident_user.email, password=factories.PASSWORD)

    assert EmailAddress.objects.count() == before


def test_staff_have_a_role_from_the_start(db) -> None:
    assert make_sign_in(email="a@example.jp", password="x", role="support").may("desk.work")


def test_binding_shows_the_person_and_is_recorded(resident, support, now, today) -> None:
    user = factories.UserFactory.create()

    bind(user=user, resident=resident, method="counter", by=support, at=now)

    assert list(Resident.objects.visible_to(user, on=today)) == [resident]
    event = AuditEvent.objects.get(verb="sign_in.bound")
    assert (event.actor, event.resident) == (support, resident)


def test_who_is_bound_already_is_refused_and_nothing_is_recorded(resident_user, neighbour, now) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        bind(user=resident_user, resident=neighbour, method="counter", by=None, at=now)

    assert not AuditEvent.objects.exists()


@pytest.fixture
def child(db) -> Resident:
    return factories.ResidentFactory.create(birth_date="2015-03-31", relationship="子")


def test_a_parent_may_act_until_the_day_before_the_fifteenth_birthday(child, resident_user) -> None:
    authority = grant_parent(agent=resident_user, child=child, by=None, at=NIGHT)

    assert authority.ends_on == datetime.date(2030, 3, 30)
    assert authority.kind == Authority.Kind.PARENT


def test_authority_starts_on_the_day_in_japan(child, resident_user) -> None:
    authority = grant_parent(agent=resident_user, child=child, by=None, at=NIGHT)

    assert authority.starts_on == datetime.date(2026, 11, 20)


def test_giving_authority_is_recorded(child, resident_user, support, now) -> None:
    authority = grant_parent(agent=resident_user, child=child, by=support, at=now)

    event = AuditEvent.objects.get(verb="authority.granted")
    assert (event.actor, event.resident) == (support, child)
    assert (event.subject_kind, event.subject_id) == ("authority", authority.public_id)


def test_a_parent_gets_no_authority_over_someone_of_fifteen(resident_user, now) -> None:
    grown = factories.ResidentFactory.create(birth_date="2005-04-02")

    with pytest.raises(IntegrityError), transaction.atomic():
        grant_parent(agent=resident_user, child=grown, by=None, at=now)

    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    ("born", "age", "day"),
    [
        ("2015-03-31", 15, "2030-03-31"),
        ("2012-02-29", 15, "2027-03-01"),
        ("2012-02-29", 16, "2028-02-29"),
        ("2011-12-31", 15, "2026-12-31"),
    ],
)
def test_an_age_begins_on_the_birthday(born, age, day) -> None:
    assert birthday(datetime.date.fromisoformat(born), age) == datetime.date.fromisoformat(day)
