"""Mail, against a real server that answers as it is told to."""

import socketserver

import pytest
from django.core import mail

from notices.channels import CHANNELS
from notices.channels.email import send
from notices.channels.message import Message, Refused, Unreachable
from tests.notices.mail_server import Conversation

MESSAGE = Message(to="hanako@example.jp", subject="お知らせ", text="本文です。\n", key="k" * 32)


def test_an_accepted_mail_arrives_with_its_key_twice_in_the_head(mail_server):
    send(MESSAGE)

    head = b"".join(mail_server.received).partition(b"\r\n\r\n")[0]
    assert b"Message-ID: <" + b"k" * 32 + b"@tsunagari.example>" in head
    assert b"Idempotency-Key: " + b"k" * 32 in head
    assert b"Auto-Submitted: auto-generated" in head


@pytest.mark.parametrize(("command", "reply"), [(b"RCPT", b"550 no such person"), (b".", b"554 not wanted")])
def test_a_mail_that_will_never_be_taken_is_refused(command, reply, mail_server):
    mail_server.replies[command] = reply

    with pytest.raises(Refused):
        send(MESSAGE)


@pytest.mark.parametrize(("command", "reply"), [(b"RCPT", b"450 mailbox busy"), (b".", b"451 try later")])
def test_a_mail_that_may_be_taken_later_is_tried_again(command, reply, mail_server):
    mail_server.replies[command] = reply

    with pytest.raises(Unreachable):
        send(MESSAGE)


def test_a_server_that_shuts_its_door_is_not_the_persons_fault(mail_server):
    mail_server.replies |= {b"EHLO": b"554 go away", b"HELO": b"554 go away"}

    with pytest.raises(Unreachable):
        send(MESSAGE)


def test_a_server_that_is_not_there_is_unreachable(mail_server, settings):
    with socketserver.TCPServer(("127.0.0.1", 0), Conversation) as gone:
        settings.EMAIL_PORT = gone.server_address[1]

    with pytest.raises(Unreachable, match="ConnectionRefusedError"):
        send(MESSAGE)


def test_a_reason_never_repeats_the_address(mail_server):
    mail_server.replies[b"RCPT"] = b"550 <hanako@example.jp> is unknown here"

    with pytest.raises(Refused) as refused:
        send(MESSAGE)

    assert str(refused.value) == "SMTPRecipientsRefused 550"


def test_a_sender_with_a_name_still_gives_a_plain_message_id(settings):
    settings.DEFAULT_FROM_EMAIL = "Tsunagari <notice@city.example>"

    send(MESSAGE)

    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{'k' * 32}@city.example>"


def test_every_channel_has_a_code_that_a_delivery_can_hold():
    assert CHANNELS
    assert all(0 < len(code) <= 10 and code == code.lower() for code in CHANNELS)
