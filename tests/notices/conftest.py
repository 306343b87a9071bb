"""What the tests about delivering share."""

import pytest

from notices.channels import CHANNELS
from tests.notices.factories import NoticeFactory


@pytest.fixture
def notice(resident, resident_user):
    """A notice for the resident, who has a sign-in."""
    return NoticeFactory.create(resident=resident)


@pytest.fixture
def failing(monkeypatch):
    """Makes the mail channel hand over and then fail in the given way."""

    def channel(problem):
        send = CHANNELS["email"]

        def hand_over_and_fail(message):
            send(message)
            raise problem

        monkeypatch.setitem(CHANNELS, "email", hand_over_and_fail)

    return channel
