"""Seals the trail: each event, once it is written, gets its place in a chain that no change survives unseen.

Whoever writes an event takes no lock and waits for nobody. A task then seals what has no seal, in the order
of ids, under the lock of one row. Late commits are found because the last hour is always looked at again,
and everything once a day.
"""

import datetime
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from accounts.models import AuditEvent, MonthSecret, Seal, SealMark
from accounts.moments import moment, month_of

BATCH = 5_000
ONE_HOUR = datetime.timedelta(hours=1)
BEGINNING = b""
# What seals keep in clear, and what they keep the digest of
KEPT = ("at", "verb", "role", "on_behalf", "subject_kind")
PERSONAL = ("actor_id", "resident_id", "subject_id", "purpose", "institution", "place")

canonical = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def digest_of(position: int, personal: Iterable[Any], secret: bytes) -> bytes:
    """The HMAC-SHA256 of the personal part at its place in the chain."""
    return hmac.digest(secret, canonical([position, *personal]).encode(), "sha256")


def hash_of(kept: Sequence[Any], digest: bytes, before: bytes) -> bytes:
    """The hash of a seal after the one with that hash; `kept` is as `kept_of` gives it."""
    return hashlib.sha256(b"".join((before, canonical(kept).encode(), b"|", digest))).digest()


def kept_of(seal: Seal) -> list[Any]:
    """What a seal holds in clear, as it is hashed."""
    told = (seal.verb, seal.role, seal.on_behalf, seal.subject_kind)
    return [seal.position, seal.event_id, moment(seal.at), *told, moment(seal.sealed_at)]


class Batch(NamedTuple):
    """How many were sealed of those that were looked at, and the last of them."""

    sealed: int
    last: int


def seal_waiting(*, at: datetime.datetime, whole: bool = False) -> int:
    """Seal what waits; how many. `whole` looks for late commits in all of the trail, not in its last hour."""
    sealed, last = 0, None
    while batch := seal_batch(after=last, at=at):
        sealed, last = sealed + batch.sealed, batch.last
    while whole and (late := seal_late(at=at)):
        sealed += late
    return sealed


@transaction.atomic
def seal_batch(*, after: int | None, at: datetime.datetime) -> Batch | None:
    """Seal what has no seal of the next BATCH events, from the mark's floor on where `after` is None.

    None where there are no more, or while another one seals.
    """
    mark = locked_mark()
    if mark is None:
        return None
    floor = mark.floor if after is None else after
    # looked up in two steps, for a planner that misjudges the young table would read all of it for each batch
    events = list(AuditEvent.objects.filter(pk__gt=floor).order_by("pk")[:BATCH])
    if not events:
        return None
    reach = (events[0].pk, events[-1].pk)
    known = set(Seal.objects.filter(event_id__range=reach).values_list("event_id", flat=True))
    seals = add_seals([event for event in events if event.pk not in known], at)
    move(mark, reach[1], at)
    return Batch(len(seals), reach[1])


@transaction.atomic
def seal_late(*, at: datetime.datetime) -> int:
    """Seal at most BATCH events wherever they are; how many. Goes through all of the trail."""
    if locked_mark() is None:
        return 0
    sealed = Seal.objects.filter(event_id=OuterRef("pk"))
    return len(add_seals(list(AuditEvent.objects.filter(~Exists(sealed)).order_by("pk")[:BATCH]), at))


def locked_mark() -> SealMark | None:
    """The right to seal, until the transaction ends; None while another one has it."""
    SealMark.objects.get_or_create(pk=1)
    skip = connection.features.has_select_for_update
    return SealMark.objects.select_for_update(skip_locked=skip).first()


def add_seals(events: list[AuditEvent], at: datetime.datetime) -> list[Seal]:
    """Go on with the chain."""
    return Seal.objects.bulk_create(chained(events, Seal.objects.newest(), at)) if events else []


def chained(events: list[AuditEvent], last: Seal | None, at: datetime.datetime) -> Iterator[Seal]:
    """The seals of the events, in their order, after the last one."""
    first, before = (last.position + 1, bytes(last.hash)) if last else (1, BEGINNING)
    salts = secrets_of({month_of(event.at) for event in events})
    for position, event in enumerate(events, start=first):
        personal = (getattr(event, name) for name in PERSONAL)
        seal = Seal(
            position=position,
            event_id=event.pk,
            digest=digest_of(position, personal, salts[month_of(event.at)]),
            sealed_at=at,
            **{name: getattr(event, name) for name in KEPT},
        )
        seal.hash = before = hash_of(kept_of(seal), bytes(seal.digest), before)
        yield seal


def secrets_of(months: Iterable[datetime.date]) -> dict[datetime.date, bytes]:
    """The secrets of these months, made where a month has none; by whoever holds the mark only."""
    known = dict(MonthSecret.objects.filter(month__in=months).values_list("month", "secret"))
    fresh = {month: secrets.token_bytes(32) for month in months if month not in known}
    MonthSecret.objects.bulk_create(MonthSecret(month=month, secret=salt) for month, salt in fresh.items())
    return {month: bytes(salt) for month, salt in (known | fresh).items()}


def move(mark: SealMark, event_id: int, at: datetime.datetime) -> None:
    """Every hour, let the floor rise to where it was to rise an hour ago: by now what was late has come."""
    if mark.next_at is None or at - mark.next_at >= ONE_HOUR:
        mark.floor, mark.next_floor, mark.next_at = mark.next_floor, max(mark.next_floor, event_id), at
        mark.save()
