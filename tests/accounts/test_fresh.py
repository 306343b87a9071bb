"""Who has nothing to prove it by but the sign-in itself signs in anew for what matters."""

import time

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django.asserts import assertContains

from accounts import vault
from accounts.fresh import ALWAYS, SENT
from accounts.models import AuditEvent, User

NUMBER, MINUTES_AGO = "/account/number/", 6 * 60
# their addresses name a thing
OF_ONE_THING = {"mfa_remove_webauthn", "mfa_edit_webauthn", "accounts:helper"}


@pytest.fixture
def by_code(resident_user: User, resident, now) -> User:
    """A resident with a number, who signs in by a code sent by email and has no password."""
    vault.seal("123456789018", resident=resident, at=now).save()
    resident_user.set_unusable_password()
    resident_user.save()
    return resident_user


def came_in(user: User, *, seconds_ago: float = 0) -> Client:
    """The user at a browser, who proved so long ago by a code who they are."""
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    session = browser.session
    request = RequestFactory().get("/")
    request.session, request.user = session, AnonymousUser()
    record_authentication(request, user, method="code")
    session["account_authentication_methods"][-1]["at"] = time.time() - seconds_ago
    session.save()
    return browser


def test_a_number_opens_shortly_after_the_sign_in(by_code: User) -> None:
    assertContains(came_in(by_code).post(NUMBER), "1234 5678 9018")


def test_later_the_number_asks_for_a_new_sign_in_and_says_why(by_code: User) -> None:
    browser = came_in(by_code, seconds_ago=MINUTES_AGO)

    answer = browser.post(NUMBER, follow=True)

    assertContains(answer, "Please sign in once more.")
    assert "_auth_user_id" not in browser.session
    assert not AuditEvent.objects.filter(verb="number.opened").exists()


def test_the_page_of_the_number_is_read_without_it(by_code: User) -> None:
    assert came_in(by_code, seconds_ago=MINUTES_AGO).get(NUMBER).status_code == 200


@pytest.mark.parametrize("name", sorted(ALWAYS - OF_ONE_THING))
def test_a_stolen_session_sets_up_no_way_to_come_back(by_code: User, name: str) -> None:
    browser = came_in(by_code, seconds_ago=MINUTES_AGO)

    answer = browser.get(reverse(name))

    assert answer.url == f"{reverse('account_login')}?next={reverse(name)}"


def test_who_has_a_password_is_asked_for_it_and_stays_signed_in(reader) -> None:
    answer = reader.post(NUMBER)

    assert "reauthenticate" in answer.url
    assert "_auth_user_id" in reader.session


def test_who_has_a_passkey_is_asked_for_it(by_code: User) -> None:
    Authenticator.objects.create(user=by_code, type=Authenticator.Type.WEBAUTHN, data={"name": "鍵"})
    browser = came_in(by_code, seconds_ago=MINUTES_AGO)

    answer = browser.get(reverse("mfa_add_webauthn"))

    assert "reauthenticate" in answer.url


def test_every_page_named_exists() -> None:
    for name in (ALWAYS | SENT) - OF_ONE_THING - {"accounts:end"}:
        assert reverse(name)
    assert reverse("accounts:end", args=["abc"])
    assert reverse("mfa_remove_webauthn", args=[1])
    assert reverse("mfa_edit_webauthn", args=[1])


def test_after_signing_in_anew_the_number_opens(by_code: User) -> None:
    came_in(by_code, seconds_ago=MINUTES_AGO).post(NUMBER)

    page = came_in(by_code).post(NUMBER)

    assertContains(page, "1234 5678 9018")
    assert AuditEvent.objects.filter(verb="number.opened").count() == 1


def test_what_was_sent_too_late_is_not_sent_again_by_itself(by_code: User) -> None:
    browser = came_in(by_code, seconds_ago=MINUTES_AGO)

    answer = browser.post(reverse("account_email"), {"action_add": "", "email": "new@example.jp"})

    assert answer.url == f"{reverse('account_login')}?next={reverse('mfa_index')}"
    assert not by_code.emailaddress_set.filter(email="new@example.jp").exists()
