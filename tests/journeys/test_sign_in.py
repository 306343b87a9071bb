"""Who comes in, and how: by code, by password, by passkey."""

import re

import pytest
from django.core import mail

from tests.factories import PASSWORD
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_the_code_from_the_mail_opens_the_portal(arrive, resident, resident_user):
    visitor = arrive().open("/").look()

    visitor.page.fill("input[name=email]", resident_user.email)
    visitor.press("Send me a code").reads("Enter the code", resident_user.email).look()
    visitor.page.fill("input[name=code]", code_in(mail.outbox[-1].body))
    visitor.press("Sign in")

    visitor.reads(resident.name, "Nothing needs you now.").look()


def test_a_wrong_password_is_said_above_the_fields(arrive, resident_user):
    visitor = arrive().open("/account/login/").unfold("Sign in with a password")

    visitor.page.fill("input[name=login]", resident_user.email)
    visitor.page.fill("input[name=password]", "not the password of anybody")
    with visitor.page.expect_navigation():
        visitor.page.press("input[name=password]", "Enter")

    visitor.reads("Please look at this again").look()


@pytest.mark.parametrize("scripted", [True], ids=["script"], indirect=True)
def test_a_passkey_is_set_up_and_signs_in_without_anything_typed(arrive, resident, resident_user):
    visitor = arrive()
    give_authenticator(visitor)
    visitor.sign_in(resident_user).open("/account/2fa/").press("Set up a passkey").look()
    visitor.page.fill("input[name=password]", PASSWORD)
    with visitor.page.expect_navigation():
        visitor.page.press("input[name=password]", "Enter")
    visitor.look().page.fill("input[name=name]", "わたしの電話")
    visitor.press("Set up a passkey")
    visitor.open("/account/logout/").press("Sign out")

    visitor.open("/account/login/").look().press("Sign in with a passkey")

    visitor.reads(resident.name, "Nothing needs you now.")


@pytest.mark.parametrize("scripted", [False], ids=["no_script"], indirect=True)
def test_no_passkey_is_offered_where_none_can_work(arrive):
    visitor = arrive().open("/account/login/")

    visitor.finds("Sign in with a passkey", there=False).finds("Send me a code")


def test_everybody_of_the_sample_signs_in_and_sees_where_they_stand(arrive, sample):
    first_words = {
        "all-in-order": "Nothing needs you now.",
        "child-account": "People you act for",
        "foreign-without-card": "Nothing needs you now.",
        "elderly": "Nothing needs you now.",
        "neighbour": "Nothing needs you now.",
        "support": "What waits",
        "supervisor": "What waits",
    }

    for who, words in first_words.items():
        arrive().sign_in(sample[who].email, sample[who].password).reads(words)


def code_in(body: str) -> str:
    """The code in a mail: a line of its own, of capitals and digits."""
    found = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)\s*$", body, re.MULTILINE)
    assert found, body
    return found[1]


def give_authenticator(visitor: Visitor) -> None:
    """Put Chromium's virtual authenticator into the visitor's device."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
