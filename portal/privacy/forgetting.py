"""Carries the rules out: what is over is removed, a batch in a transaction, so that a kill loses nothing."""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Min
from django.utils.timezone import localdate

from accounts.emptying import TRAIL_YEARS, empty_trail
from accounts.models import AuditEvent
from accounts.moments import JAPAN
from portal.privacy.rules import RULES
from portal.privacy.shape import Duty

BATCH = 500


def forget_old(*, at: datetime.datetime, dry_run: bool = False) -> Iterator[tuple[str, int]]:
    """Each rule's code and how many rows its night removed, or would; safe twice at once, and again."""
    for rule in RULES:
        counts = [carry_out(duty, before=rule.limit(at), dry_run=dry_run) for duty in rule.duties]
        if counts:
            yield rule.code, sum(counts)
    yield "trail", forget_trail(at=at, dry_run=dry_run)


def carry_out(duty: Duty, *, before: datetime.datetime, dry_run: bool) -> int:
    """How many were over; batch by batch until none is left."""
    if dry_run:
        return duty.over(before=before).count()
    forgotten = 0
    while batch := forget_batch(duty, before=before):
        forgotten += batch
    return forgotten


@transaction.atomic
def forget_batch(duty: Duty, *, before: datetime.datetime) -> int:
    """How many of the next BATCH were found and removed."""
    ids = list(duty.over(before=before).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if ids:
        duty.forget(ids)
    return len(ids)


def forget_trail(*, at: datetime.datetime, dry_run: bool) -> int:
    """Empty the months of the trail that are over, the oldest first; how many entries."""
    today = localdate(at)
    end = today.replace(year=today.year - TRAIL_YEARS, day=1)
    old = AuditEvent.objects.filter(at__lt=datetime.datetime.combine(end, datetime.time.min, JAPAN))
    if dry_run:
        return old.count()
    emptied = 0
    while first := old.aggregate(first=Min("at"))["first"]:
        following = (localdate(first).replace(day=1) + datetime.timedelta(days=31)).replace(day=1)
        emptied += empty_trail(before=min(following, end), by=None, at=at)
    return emptied
