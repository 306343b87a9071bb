"""Retention of the trail: its personal part goes after seven years, its seals stay."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts import audit, sealing
from accounts.models import AuditEvent, Emptying, MonthSecret, User
from accounts.moments import JAPAN

# No part of the trail goes before it is so old, whoever asks; append_only has the database say the same
TRAIL_YEARS = 7


class TooEarly(Exception):
    """Why a part of the trail must stay, in words fit to show."""


def empty_trail(*, before: datetime.date, by: User | None, at: datetime.datetime) -> int:
    """Remove the personal parts of entries from before that month, and what could guess them back; how many.

    Their seals stay, so that the chain still holds; that it was done stands in the trail itself.
    """
    today = localdate(at)
    if before.replace(day=1) > today.replace(year=today.year - TRAIL_YEARS, day=1):
        raise TooEarly(f"Entries of the trail are kept for {TRAIL_YEARS} years.")
    end = datetime.datetime.combine(before.replace(day=1), datetime.time.min, JAPAN).astimezone(datetime.UTC)
    sealing.seal_waiting(at=at, whole=True)
    with transaction.atomic():
        Emptying.objects.create(before=end, by=by, at=at)
        audit.record("trail.emptied", by=by, at=at, subject=("emptying", end.isoformat()))
        rows, _kinds = AuditEvent.objects.filter(at__lt=end).delete()
        MonthSecret.objects.filter(month__lt=before.replace(day=1)).delete()
    return rows
