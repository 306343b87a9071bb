"""No way in says whether somebody has a sign-in; and nobody may try for long."""

import re

import pytest
from django.conf import settings as configured
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
STRANGER = "nobody@example.jp"
WAYS = {
    "code": ("account_request_login_code", lambda email: {"email": email}),
    "password": ("account_login", lambda email: {"login": email, "password": "not the password of anybody"}),
    "reset": ("account_reset_password", lambda email: {"email": email}),
    "sign up": ("account_signup", lambda email: {"email": email, "password1": PASSWORD}),
}
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|person\d+@example\.jp|nobody@example\.jp')


def tried(way: str, email: str) -> tuple[list, int, int]:
    """What somebody sees who tries this way in, how many mails go out, how many queries it costs."""
    name, form = WAYS[way]
    browser, before = Client(), len(mail.outbox)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = browser.post(reverse(name), form(email), follow=True)
    page = CHANGING.sub("", answer.content.decode())
    return [answer.status_code, answer.redirect_chain, page], len(mail.outbox) - before, len(asked)


@pytest.mark.parametrize("way", WAYS)
def test_known_and_unknown_see_the_same_page_and_cause_as_many_mails(way, resident_user):
    tried(way, STRANGER)  # what a first request prepares for all that follow
    known, stranger = tried(way, resident_user.email), tried(way, STRANGER)

    assert known[:2] == stranger[:2]
    assert abs(known[2] - stranger[2]) <= 10


def test_a_mail_to_a_stranger_goes_to_the_stranger_only(resident_user):
    tried("code", STRANGER)

    assert [message.to for message in mail.outbox] == [[STRANGER]]


def test_a_passkey_is_asked_for_in_the_same_words_whoever_comes(resident_user):
    questions = [
        Client().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).json()
        for _each in range(2)
    ]

    for question in questions:
        assert question["request_options"]["publicKey"].get("allowCredentials", []) == []
        question["request_options"]["publicKey"].pop("challenge")
    assert questions[0] == questions[1]


@pytest.fixture
def limited(settings):
    """Limits as in production, counted by the cache that all processes share."""
    del settings.ACCOUNT_RATE_LIMITS
    assert configured.CACHES["default"]["BACKEND"].rpartition(".")[2] in ("DatabaseCache", "RedisCache")


def statuses(way: str, emails: list[str]) -> list[int]:
    name, form = WAYS[way]
    return [Client().post(reverse(name), form(email)).status_code for email in emails]


@pytest.mark.parametrize("way", ["code", "reset"])
def test_one_address_cannot_have_mails_sent_without_end(limited, way, resident_user):
    statuses(way, [resident_user.email] * 40)

    assert len(mail.outbox) <= 20


def test_an_account_that_is_guessed_at_is_shut_for_a_while_also_for_other_browsers(limited, resident_user):
    statuses("password", [resident_user.email] * 12)

    late = Client().post(reverse("account_login"), {"login": resident_user.email, "password": PASSWORD})

    assert late.status_code in (200, 429)


def test_a_stranger_is_shut_out_after_as_many_tries_as_somebody_who_is_known(limited, resident_user):
    known = statuses("password", [resident_user.email] * 12)
    stranger = statuses("password", [STRANGER] * 12)

    assert known == stranger
