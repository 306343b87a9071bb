"""Goes through the whole trail and says in plain words what was changed, removed or never sealed."""

import datetime
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.timezone import localtime

from accounts import heads
from accounts.models import AuditEvent, Emptying, MonthSecret, Seal, TrailHead
from accounts.sealing import BATCH, BEGINNING, KEPT, PERSONAL, digest_of, hash_of, month_of

ONE_DAY = datetime.timedelta(days=1)
MOST = 20
# What a changed field is called
FIELDS = ("its time", "what was done", "the role", "on whose behalf", "the kind of thing")
Row = tuple[Any, ...]


@dataclass
class Report:
    """How much was looked at, and what is wrong; of many problems the first 20 in words."""

    entries: int = 0
    emptied: int = 0
    heads: int = 0
    late: int = 0
    last_at: datetime.datetime | None = None
    count: int = 0
    problems: list[str] = field(default_factory=list)

    def wrong(self, sentence: str) -> None:
        """Count a problem."""
        self.count += 1
        if len(self.problems) < MOST:
            self.problems.append(sentence)


@dataclass
class Walk:
    """Where in the chain we are, and what heads say about places in it."""

    report: Report
    ends: dict[int, list[tuple[str, bytes]]]
    reach: datetime.datetime | None
    salts: dict[datetime.date, bytes]
    position: int = 0
    before: bytes = BEGINNING


def verify(*, at: datetime.datetime, published: Iterable[str] = ()) -> Report:
    """Look at every seal, event, head and emptying; `published` are tokens of heads kept elsewhere."""
    report = Report()
    salts = {secret.month: bytes(secret.secret) for secret in MonthSecret.objects.all()}
    walk = Walk(report, claimed_ends(report, published), declared_reach(report), salts)
    while seals := list(Seal.objects.after(walk.position)[:BATCH]):
        rows = rows_of(seals)
        for seal in seals:
            follow(walk, seal)
            compare(walk, seal, rows.get(seal.event_id))
    for position, claims in walk.ends.items():
        for name, _hash in claims:
            report.wrong(f"{name} knows of entry {position}, the trail ends with {walk.position}.")
    name_unsealed(report, before=at - ONE_DAY)
    return report


def claimed_ends(report: Report, published: Iterable[str]) -> dict[int, list[tuple[str, bytes]]]:
    """What the heads say, by position in the chain; those that are not genuine are named."""
    ends: dict[int, list[tuple[str, bytes]]] = {}
    previous = ""
    for head in TrailHead.objects.order_by("day").iterator(chunk_size=BATCH):
        report.heads += 1
        name = f"The head of {head.day}"
        claim = claim_of(report, name, head.token)
        if claim and (claim.day, claim.position, claim.hash) != (head.day, head.position, bytes(head.hash)):
            report.wrong(f"{name} was changed: it says something else than what was signed.")
        if claim and claim.previous != previous:
            report.wrong(f"{name} does not follow the one before it: a head was changed or removed.")
        if claim and claim.position:
            ends.setdefault(claim.position, []).append((name, claim.hash))
        previous = heads.fingerprint(head.token)
    for token in published:
        claim = claim_of(report, "A published head", token)
        if claim and claim.position:
            ends.setdefault(claim.position, []).append((f"The published head of {claim.day}", claim.hash))
    return ends


def claim_of(report: Report, name: str, token: str) -> heads.Claim | None:
    """What a head says, unless it was not signed by us."""
    try:
        return heads.read(token)
    except heads.NotOurHead:
        report.wrong(f"{name} was not signed with a key in TRAIL_KEY.")
        return None


def declared_reach(report: Report) -> datetime.datetime | None:
    """Before when personal parts may be gone, as emptyings say that stand in the trail themselves."""
    reach = Emptying.objects.reach()
    true = []
    for emptying in Emptying.objects.order_by("pk"):
        told = AuditEvent.objects.on("emptying", emptying.before.isoformat()).filter(at=emptying.at)
        sealed = Seal.objects.filter(verb="trail.emptied", at=emptying.at)
        if told.exists() or (reach and emptying.at < reach and sealed.exists()):
            true.append(emptying.before)
        else:
            report.wrong(
                f"Entries from before {day(emptying.before)} were removed, of which the trail says nothing."
            )
    return max(true, default=None)


def rows_of(seals: list[Seal]) -> dict[int, Row]:
    """The events of these seals by id, each as KEPT and PERSONAL name its fields."""
    wanted = {seal.event_id for seal in seals}
    times = [seal.at for seal in seals]
    events = AuditEvent.objects.filter(pk__in=wanted).values_list("pk", *KEPT, *PERSONAL)
    # the time spares PostgreSQL the other months; whose time was changed is looked for everywhere
    found = {pk: row for pk, *row in events.filter(at__range=(min(times), max(times)))}
    if len(found) < len(wanted):
        found |= {pk: row for pk, *row in events.filter(pk__in=wanted - found.keys())}
    return {pk: tuple(row) for pk, row in found.items()}


def follow(walk: Walk, seal: Seal) -> None:
    """The seal stands where it must, after the one before it, and is what heads say."""
    report = walk.report
    digest = bytes(seal.hash)
    if seal.position != walk.position + 1:
        report.wrong(f"Between entries {walk.position} and {seal.position} seals are missing.")
    elif not hmac.compare_digest(hash_of(seal, walk.before), digest):
        report.wrong(f"{named(seal)}: its seal was changed, or does not follow the one before it.")
    for name, told in walk.ends.pop(seal.position, []):
        if told != digest:
            report.wrong(
                f"{name} names another hash for entry {seal.position}: what is before it was changed."
            )
    walk.position, walk.before = seal.position, digest
    report.entries += 1
    report.late += seal.sealed_at - seal.at > ONE_DAY
    report.last_at = seal.sealed_at


def compare(walk: Walk, seal: Seal, row: Row | None) -> None:
    """The event is what was sealed, or was removed after its time."""
    if row is None:
        missing(walk, seal)
        return
    kept, personal = row[: len(KEPT)], row[len(KEPT) :]
    sealed = (seal.at, seal.verb, seal.role, seal.on_behalf, seal.subject_kind)
    if kept != sealed:
        names = (name for name, now, then in zip(FIELDS, kept, sealed, strict=True) if now != then)
        walk.report.wrong(f"{named(seal)} was changed: {', '.join(names)}.")
    salt = salt_of(walk, month_of(seal.at))
    if salt is None:
        walk.report.wrong(f"{named(seal)} cannot be verified: the secret of its month is gone.")
    elif not hmac.compare_digest(digest_of(seal.position, personal, salt), bytes(seal.digest)):
        walk.report.wrong(f"{named(seal)} was changed: who, about whom, which thing, why or from where.")


def missing(walk: Walk, seal: Seal) -> None:
    """Nothing is wrong with an entry that is gone where retention removed it, perhaps a moment ago."""
    if walk.reach is None or seal.at >= walk.reach:
        walk.reach = declared_reach(Report())
    if walk.reach is not None and seal.at < walk.reach:
        walk.report.emptied += 1
    else:
        walk.report.wrong(f"{named(seal)} was removed.")


def salt_of(walk: Walk, month: datetime.date) -> bytes | None:
    """The secret of a month, which may have begun while we look."""
    if month not in walk.salts and (made := MonthSecret.objects.filter(month=month).first()):
        walk.salts[month] = bytes(made.secret)
    return walk.salts.get(month)


def name_unsealed(report: Report, *, before: datetime.datetime) -> None:
    """Events that should have a seal by now, or that bear the id of another one."""
    seals = Seal.objects.filter(event_id=OuterRef("pk"), at=OuterRef("at"))
    events = AuditEvent.objects.filter(~Exists(seals), at__lt=before).order_by("at", "pk")
    count = events.count()
    for event in events[:MOST]:
        report.wrong(f"Event {event.pk} of {day(event.at)} ({event.verb}) has no seal after more than a day.")
    report.count += max(0, count - MOST)


def named(seal: Seal) -> str:
    """How a problem begins."""
    return f"Entry {seal.position} (event {seal.event_id} of {day(seal.at)}, {seal.verb})"


def day(at: datetime.datetime) -> str:
    """The day in Japan."""
    return localtime(at).date().isoformat()


def sentences(report: Report) -> Iterator[str]:
    """The report as lines."""
    yield from report.problems
    if report.count > len(report.problems):
        yield f"and {report.count - len(report.problems):,} more."
    until = f", sealed up to {localtime(report.last_at):%Y-%m-%d %H:%M}" if report.last_at else ""
    yield f"{report.entries:,} entries{until}; {report.heads:,} heads."
    if report.emptied:
        yield f"{report.emptied:,} of them had their personal part removed after its time; their seals hold."
    if report.late:
        yield f"{report.late:,} were sealed more than a day after they happened."
    yield f"{report.count:,} things are wrong." if report.count else "Nothing was changed or removed."
