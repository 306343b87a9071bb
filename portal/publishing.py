"""Hands tasks to the broker, and keeps nobody waiting for one that does not answer.

A message is a hint: what it asks for stands in the database, and a sweep asks again. So whoever saved
something waits a moment at most, and for some seconds after a failure this process does not ask at all.
"""

import time
from typing import Any

from celery import Celery
from celery.result import AsyncResult
from kombu.exceptions import OperationalError

# seconds; a broker at work answers in a hundredth of one
CONNECTING, WRITING, LEFT_ALONE = 2, 5, 5.0


class Hints(Celery):  # type: ignore[misc]
    """The application, which leaves a broker alone that did not take the message before."""

    asks_again_at = 0.0

    def send_task(self, *what: Any, **more: Any) -> AsyncResult:
        """Send it; OperationalError where the broker does not take it, or did not a moment ago."""
        if time.monotonic() < self.asks_again_at:
            raise OperationalError("the broker did not answer a moment ago")
        try:
            return super().send_task(*what, **more)
        except (OperationalError, OSError):
            self.asks_again_at = time.monotonic() + LEFT_ALONE
            raise


def transport(broker_url: str) -> dict[str, Any]:
    """How that kind of broker is spoken to."""
    if broker_url.startswith("redis"):
        return {"visibility_timeout": 300, "unacked_restore_throttle": 1}
    # a broker that is short of memory reads nothing more, and would hold whoever writes
    return {"write_timeout": WRITING} if broker_url.startswith("amqp") else {}
