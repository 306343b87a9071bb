"""What the tests about delivering share."""

import socketserver
import threading
from dataclasses import replace
from functools import partial

import pytest

from notices.channels import CHANNELS
from notices.channels.message import one_by_one
from tests.notices.factories import NoticeFactory
from tests.notices.mail_server import Conversation
from tests.notices.provider import running


@pytest.fixture
def notice(resident, resident_user):
    """A notice for the resident, who has a sign-in."""
    return NoticeFactory.create(resident=resident)


@pytest.fixture
def failing(monkeypatch):
    """Makes the mail channel hand over and then fail in the given way."""

    def channel(problem):
        email = CHANNELS["email"]

        def hand_over_and_fail(message):
            list(email.send_all([message]))
            raise problem

        send_all = partial(one_by_one, hand_over_and_fail)
        monkeypatch.setitem(CHANNELS, "email", replace(email, send_all=send_all))

    return channel


@pytest.fixture
def provider():
    """A provider over HTTP on a free port."""
    with running() as provider:
        yield provider


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
