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
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from accounts.models import AuditEvent, MonthSecret, Seal, SealMark
from accounts.models.audit import AuditEventQuerySet

BATCH = 5_000
ONE_HOUR = datetime.timedelta(hours=1)
JAPAN = datetime.timezone(datetime.timedelta(hours=9))
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)
BEGINNING = b""
# What seals keep in clear, and what they keep the digest of
KEPT = ("at", "verb", "role", "on_behalf", "subject_kind")
PERSONAL = ("actor_id", "resident_id", "subject_id", "purpose", "institution", "place")

canonical = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def moment(at: datetime.datetime) -> int:
    """Microseconds since 1970: the same in every database."""
    return (at - EPOCH) // MICROSECOND


def month_of(at: datetime.datetime) -> datetime.date:
    """The first day of the month in Japan."""
    return at.astimezone(JAPAN).date().replace(day=1)


def digest_of(position: int, personal: Iterable[Any], secret: bytes) -> bytes:
    """The HMAC-SHA256 of the personal part at its place in the chain."""
    return hmac.digest(secret, canonical([position, *personal]).encode(), "sha256")


def hash_of(seal: Seal, before: bytes) -> bytes:
    """What a seal's hash must be, after the seal with that hash."""
    kept = (seal.verb, seal.role, seal.on_behalf, seal.subject_kind)
    told = [seal.position, seal.event_id, moment(seal.at), *kept, moment(seal.sealed_at)]
    return hashlib.sha256(b"".join((before, canonical(told).encode(), b"|", seal.digest))).digest()


def seal_waiting(*, at: datetime.datetime, whole: bool = False) -> int:
    """Seal what waits; how many. `whole` looks for late commits in all of the trail, not in its last hour."""
    sealed, floor = 0, 0 if whole else None
    while found := seal_batch(after=floor, at=at):
        sealed, floor = sealed + len(found), found[-1].event_id
        if len(found) < BATCH:
            break
    return sealed


@transaction.atomic
def seal_batch(*, after: int | None, at: datetime.datetime) -> list[Seal]:
    """Seal at most BATCH events, from the mark's floor where `after` is None; none while another seals."""
    SealMark.objects.get_or_create(pk=1)
    mark = SealMark.objects.select_for_update(skip_locked=connection.features.has_select_for_update).first()
    if mark is None:
        return []
    events = list(unsealed().filter(pk__gt=mark.floor if after is None else after).order_by("pk")[:BATCH])
    if events:
        seals = list(chained(events, Seal.objects.newest(), at))
        Seal.objects.bulk_create(seals)
        move(mark, seals[-1].event_id, at)
        return seals
    return []


def unsealed() -> AuditEventQuerySet:
    """Events that have no seal yet."""
    return AuditEvent.objects.filter(~Exists(Seal.objects.filter(event_id=OuterRef("pk"))))


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
        seal.hash = before = hash_of(seal, before)
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
