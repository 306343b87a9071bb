"""Sign-ins: an address each, a role out of the table, and rights by role only."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from accounts.models import User
from tests import factories


def test_an_address_is_kept_in_lower_case(db) -> None:
    user = User.objects.create_user("Hanako@Example.JP", "a long sentence as password")

    assert user.email == "hanako@example.jp"


def test_an_address_has_one_sign_in(resident_user) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(resident_user.email.upper())


def test_without_a_password_no_password_opens_the_sign_in(db) -> None:
    user = User.objects.create_user("hanako@example.jp")

    assert not user.has_usable_password()
    assert authenticate(email=user.email, password="") is None


def test_a_sign_in_that_was_switched_off_is_refused(db, rf) -> None:
    user = factories.UserFactory.create(is_active=False)

    assert authenticate(rf.post("/"), email=user.email, password=factories.PASSWORD) is None


def test_a_role_that_the_table_does_not_know_is_refused_by_the_database(db) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.UserFactory.create(role="emperor")


@pytest.mark.parametrize(("role", "works"), [("", False), ("support", True), ("officer", True)])
def test_whoever_has_a_role_works_here(role, works) -> None:
    assert User(role=role).works_here is works


def test_rights_come_from_the_role() -> None:
    assert User(role="supervisor").may("desk.approve")
    assert not User(role="support").may("desk.approve")
    assert not User(role="").may("desk.view")


def test_a_right_that_nobody_decided_about_is_refused_loudly() -> None:
    with pytest.raises(KeyError):
        User(role="supervisor").may("desk.burn")
