"""Mail, against a real server that answers as it is told to."""

import socketserver
import threading

import pytest
from django.core import mail

from notices.channels import CHANNELS
from notices.channels.email import send
from notices.channels.message import Message, Refused, Unreachable

MESSAGE = Message(to="hanako@example.jp", subject="お知らせ", text="本文です。\n", key="k" * 32)


class Conversation(socketserver.StreamRequestHandler):
    """One SMTP session; `server.replies` overrides the answer to a command."""

    def handle(self):
        self.say(b"220 test")
        while line := self.rfile.readline():
            command = line[:4].strip().upper()
            self.say(self.server.replies.get(command, b"354 go on" if command == b"DATA" else b"250 ok"))
            if command == b"DATA":
                self.read_mail()
            if command == b"QUIT":
                return

    def read_mail(self):
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            self.server.received.append(line)
        self.say(self.server.replies.get(b".", b"250 accepted"))

    def say(self, reply):
        self.wfile.write(reply + b"\r\n")


@pytest.fixture
def mail_server(settings):
    """A mail server on a free port, to which Django's own SMTP backend sends."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.replies, server.received = {}, []
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


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
