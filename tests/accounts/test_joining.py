"""A sign-in of one's own: an address and a code; it sees nothing until it is connected."""

import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from pytest_django.asserts import assertContains

from accounts.joining import forget_unproven, join
from accounts.models import User
from tests import factories
from tests.accounts.identity.stating import as_stated, form_of, printed, single

JOIN, CONFIRM = "/account/signup/", "/account/login/code/confirm/"
NEW = {"email": "new@example.jp"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger(client):
    client.cookies["language"] = client.cookies["django_language"] = "en"
    return client


def code_in(mail) -> str:
    """The code of the mail."""
    return re.search(r"^([A-Z0-9-]{6,})$", mail.body, re.M)[1]


def test_from_an_address_to_the_code_of_the_letter(stranger, mailoutbox) -> None:
    person = single()
    stranger.post(JOIN, NEW)
    stranger.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[0])})
    nobody_yet = stranger.get("/")
    stranger.post(reverse("accounts:you"), form_of(as_stated(person)))
    user = User.objects.get(email=NEW["email"])
    code = printed(user.claims.get())

    stranger.post(reverse("accounts:code"), {"code": code})

    assertContains(nobody_yet, "We do not know yet who you are")
    assert user.bindings.get().resident == person
    assert EmailAddress.objects.get(user=user).verified


def test_a_known_address_gets_the_same_page_and_a_code_for_its_own_sign_in(stranger, mailoutbox) -> None:
    known = factories.UserFactory.create()

    answers = [stranger.post(JOIN, {"email": email}) for email in (known.email, "new@example.jp")]

    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, reverse("account_confirm_login_code"))
    }
    assert [mail.subject for mail in mailoutbox][0] == mailoutbox[1].subject
    assert User.objects.filter(email=known.email).count() == 1


def test_letters_of_another_size_are_the_same_address(stranger) -> None:
    known = factories.UserFactory.create(email="taro@example.jp")

    assert join(email="Taro@Example.JP") == known


def test_without_the_code_nobody_is_in(stranger) -> None:
    stranger.post(JOIN, NEW)

    assert stranger.get(reverse("mfa_index")).status_code == 302


def test_the_sixth_try_of_a_minute_waits(stranger) -> None:
    for number in range(5):
        stranger.post(JOIN, {"email": f"n{number}@example.jp"})

    page = stranger.post(JOIN, {"email": "n6@example.jp"})

    assertContains(page, "Too many tries in a minute")
    assert not User.objects.filter(email="n6@example.jp").exists()


def test_what_is_no_address_is_said(stranger) -> None:
    assertContains(stranger.post(JOIN, {"email": "x"}), "error")


def test_whoever_is_in_already_is_sent_on(stranger) -> None:
    stranger.force_login(factories.UserFactory.create())

    assert stranger.get(JOIN).url == "/"


def test_an_address_that_nobody_proved_is_forgotten_after_a_day(now) -> None:
    user, kept = join(email="new@example.jp"), factories.UserFactory.create()

    soon = forget_unproven(at=now + datetime.timedelta(hours=23))
    later = forget_unproven(at=now + datetime.timedelta(hours=25))

    assert (soon, later) == (0, 1)
    assert list(User.objects.all()) == [kept]
    assert not EmailAddress.objects.filter(user_id=user.pk).exists()
