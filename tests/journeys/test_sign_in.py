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
    proven_by_password(visitor)
    visitor.look().page.fill("input[name=name]", "わたしの電話")
    visitor.press("Set up a passkey")
    visitor.open("/account/logout/").press("Sign out")

    visitor.open("/account/login/").look().press("Sign in with a passkey")

    visitor.reads(resident.name, "Nothing needs you now.")


@pytest.mark.parametrize("scripted", [True], ids=["script"], indirect=True)
def test_staff_set_up_a_passkey_and_show_it_in_each_session(arrive, support, settings):
    settings.STAFF_PASSKEY_REQUIRED = True
    worker = arrive()
    give_authenticator(worker)
    worker.sign_in(support).reads("Please show again that it is you")
    proven_by_password(worker)
    worker.reads("Members of staff need a passkey. Nobody can steal it by mail or telephone.").look()
    worker.press("Set up a passkey")  # its name is there already
    worker.reads("Please show again that it is you").look().press("Use your passkey")

    worker.open("/desk/").reads("Queue").open("/account/logout/").press("Sign out")
    worker.open("/account/login/").press("Sign in with a passkey")
    worker.open("/desk/").reads("Queue")


@pytest.mark.parametrize("scripted", [True], ids=["script"], indirect=True)
def test_whoever_has_the_password_of_staff_does_not_get_past_the_passkey(arrive, support, settings):
    settings.STAFF_PASSKEY_REQUIRED = True
    worker, thief = arrive(), arrive()
    give_authenticator(worker)
    proven_by_password(worker.sign_in(support))
    worker.press("Set up a passkey").press("Use your passkey")

    thief.open("/account/login/").unfold("Sign in with a password")
    thief.page.fill("input[name=login]", support.email)
    thief.page.fill("input[name=password]", PASSWORD)
    with thief.page.expect_navigation():
        thief.page.press("input[name=password]", "Enter")

    thief.reads("One more step")
    assert thief.open("/desk/").page.url == f"{thief.address}/account/2fa/authenticate/"


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


def proven_by_password(visitor: Visitor) -> None:
    """Answer the page that wants to see again that it is oneself."""
    visitor.page.fill("input[name=password]", PASSWORD)
    with visitor.page.expect_navigation():
        visitor.page.press("input[name=password]", "Enter")


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
