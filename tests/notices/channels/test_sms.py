"""Text messages, against a real provider that answers as it is told to, and into files."""

import json
import socket

import pytest

from notices.channels import posting
from notices.channels.message import Message, Refused, Unreachable
from notices.channels.sms import send

MESSAGE = Message(to="+819012345678", subject="お知らせ", text="長い本文", key="k" * 32, short="短い本文")


@pytest.fixture
def sms(provider, settings):
    """The provider, to which text messages go."""
    settings.SMS_URL, settings.SMS_KEY = f"{provider.url}/messages", "secret"
    return provider


def test_the_provider_gets_the_short_text_once_under_its_key(sms):
    reference = send(MESSAGE)

    (asked,) = sms.asked
    assert reference == "P-1"
    assert json.loads(asked.body) == {"to": "+819012345678", "text": "短い本文"}
    assert asked.headers["Idempotency-Key"] == "k" * 32
    assert asked.headers["Authorization"] == "Bearer secret"


@pytest.mark.parametrize("status", [400, 404, 410, 413, 422])
def test_what_will_never_be_taken_is_refused(status, sms):
    sms.status = status

    with pytest.raises(Refused, match=f"HTTP {status}"):
        send(MESSAGE)


@pytest.mark.parametrize("status", [302, 401, 403, 408, 429, 500, 503])
def test_what_may_be_taken_later_is_tried_again_and_never_follows_elsewhere(status, sms):
    sms.status, sms.headers = status, {"Location": f"{sms.url}/elsewhere"}

    with pytest.raises(Unreachable, match=f"HTTP {status}"):
        send(MESSAGE)

    assert [asked.path for asked in sms.asked] == ["/messages"]


def test_a_provider_that_has_it_already_has_taken_it(sms):
    sms.status = 409

    assert send(MESSAGE) == "P-1"


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"\xff\xfe", b"[1]", b'"text"', b"null", b'{"id": null}', b'{"id": {"a": 1}}']
)
def test_an_answer_that_makes_no_sense_is_still_a_yes_but_gives_no_number(body, sms):
    sms.body = body

    assert send(MESSAGE) == ""


def test_a_number_that_does_not_end_is_cut(sms):
    sms.body = json.dumps({"id": "9" * 500}).encode()

    assert send(MESSAGE) == "9" * 100


def test_an_answer_that_is_too_large_is_not_read_to_its_end(sms):
    sms.body = b" " * 200_000

    assert send(MESSAGE) == ""


@pytest.mark.parametrize("manner", ["hangs up", "stays silent", "drips"])
def test_a_provider_that_gives_no_answer_is_left_after_a_while(manner, sms, monkeypatch):
    monkeypatch.setattr(posting.post, "__kwdefaults__", {"timeout": 0.1})
    sms.manner = manner

    with pytest.raises(Unreachable):
        send(MESSAGE)


def test_a_provider_that_is_not_there_is_unreachable(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.SMS_URL = f"http://127.0.0.1:{free.getsockname()[1]}/"

    with pytest.raises(Unreachable, match="ConnectionError"):
        send(MESSAGE)


def test_a_reason_never_repeats_the_number(sms):
    sms.status, sms.body = 422, b'{"error": "+819012345678 is no number"}'

    with pytest.raises(Refused) as refused:
        send(MESSAGE)

    assert str(refused.value) == "HTTP 422"


def test_in_development_each_message_is_one_file_however_often_it_is_sent(settings, tmp_path):
    settings.SMS_URL = f"file://{tmp_path}"

    first, second = send(MESSAGE), send(MESSAGE)

    (file,) = tmp_path.iterdir()
    assert first == second == file.stem
    assert file.read_text(encoding="utf-8") == "+819012345678\n\n短い本文\n"
