"""Requests to be called back, made by the action that people use."""

import datetime

from django.utils import timezone

from accounts.models import User
from reports.calls import actions
from reports.models import Call


def asked(by: User, *, at: datetime.datetime | None = None, **asked: str) -> Call:
    """Somebody asked to be called."""
    wanted = {"telephone": "090-1234-5678", "part": "morning", "language": "ja"} | asked
    return actions.ask(**wanted, by=by, at=at or timezone.now())
