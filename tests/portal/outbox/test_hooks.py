"""Word of providers: only with a signature, only about what we sent, and as often as they like."""

import hmac
import json
import time

import pytest
from django.test import Client
from django.urls import reverse

from notices.models import Delivery
from tests.notices.factories import DeliveryFactory

State = Delivery.State
KEY = "a key of the provider"


@pytest.fixture(autouse=True)
def _reported(settings):
    settings.NOTICE_REPORTED, settings.NOTICE_REPORT_KEY = ["sms"], KEY


@pytest.fixture
def sent(db):
    """A text message that its provider took."""
    return DeliveryFactory.create(channel="sms", state=State.ACCEPTED, reference="P-1", due_at=None)


def say(word, *, channel="sms", key=KEY, stamp=None, signature=None):
    """What the provider sends, as a browser that checks for forged requests would let it through."""
    body = word if isinstance(word, bytes) else json.dumps(word).encode()
    stamp = str(int(time.time())) if stamp is None else stamp
    signature = signature or hmac.digest(key.encode(), stamp.encode() + b"." + body, "sha256").hex()
    return Client(enforce_csrf_checks=True).post(
        reverse("portal:message_report", args=[channel]),
        body,
        content_type="application/json",
        headers={"X-Timestamp": stamp, "X-Signature": signature},
    )


@pytest.mark.parametrize(
    ("said", "state"),
    [("delivered", State.DELIVERED), ("failed", State.REFUSED), ("returned", State.RETURNED)],
)
def test_signed_word_is_written_down_however_often_it_comes(said, state, sent):
    answers = [say({"id": "P-1", "state": said, "code": "E42"}).status_code for _time in range(2)]

    sent.refresh_from_db()
    assert answers == [204, 204]
    assert (sent.state, sent.reason) == (state, "E42")


@pytest.mark.parametrize(
    "forged",
    [
        {"key": "another key"},
        {"signature": "0" * 64},
        {"signature": "é"},
        {"stamp": ""},
        {"stamp": "²"},
        {"stamp": "1" * 20},
        {"stamp": "1000000000"},
        {"channel": "email"},
    ],
)
def test_word_that_is_not_signed_now_for_that_channel_is_refused(forged, sent):
    answer = say({"id": "P-1", "state": "returned"}, **forged)

    sent.refresh_from_db()
    assert (answer.status_code, sent.state) == (403, State.ACCEPTED)


def test_without_a_key_nobody_is_believed(sent, settings):
    settings.NOTICE_REPORT_KEY = ""

    assert say({"id": "P-1", "state": "returned"}, key="").status_code == 403


@pytest.mark.parametrize(
    "word",
    [b"", b"\xff", b"[]", b"{}", {"id": 1, "state": "delivered"}, {"id": "P-1", "state": "lost"},
     {"id": "P-1", "state": ["delivered"]}, {"id": "P-1", "state": "failed", "code": {}}],
)  # fmt: skip
def test_word_that_makes_no_sense_changes_nothing(word, sent):
    answer = say(word)

    sent.refresh_from_db()
    assert (answer.status_code, sent.state) == (400, State.ACCEPTED)


def test_of_a_message_that_is_not_known_yet_word_comes_again(sent):
    assert say({"id": "P-2", "state": "delivered"}).status_code == 404


def test_a_body_without_end_is_not_read(sent):
    assert say(b" " * 5000).status_code == 403


@pytest.mark.parametrize("code", ["+819012345678", "09012345678", "unknown: hanako@example.jp", "x" * 50])
def test_no_address_gets_into_the_reason(code, sent):
    say({"id": "P-1", "state": "failed", "code": code})

    sent.refresh_from_db()
    assert (sent.state, sent.reason) == (State.REFUSED, "")
