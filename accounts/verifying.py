"""Goes through the whole trail and says in plain words what was changed, removed or never sealed."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.timezone import localtime

from accounts import heads
from accounts.models import AuditEvent, Emptying, MonthSecret, Seal, TrailHead
from accounts.moments import MICROSECOND, Moment, bounds_of, month_of, time_of
from accounts.sealing import BATCH, BEGINNING, PERSONAL, digest_of, hash_of

ONE_DAY = datetime.timedelta(days=1)
A_DAY = ONE_DAY // MICROSECOND
MOST = 20
# What a changed field is called
FIELDS = ("its time", "what was done", "the role", "on whose behalf", "the kind of thing")
# Both read alike, and times as moments: a million rows are compared one by one
CLEAR = ("verb", "role", "on_behalf", "subject_kind")
Row = tuple[Any, ...]


class Sealed(NamedTuple):
    """A seal as it is read here."""

    position: int
    event_id: int
    at: int
    verb: str
    role: str
    on_behalf: bool
    subject_kind: str
    sealed_at: int
    digest: bytes
    hash: bytes


@dataclass
class Report:
    """How much was looked at, and what is wrong; of many problems the first 20 in words."""

    entries: int = 0
    emptied: int = 0
    heads: int = 0
    late: int = 0
    last_at: int | None = None
    count: int = 0
    problems: list[str] = field(default_factory=list)

    def wrong(self, sentence: str) -> None:
        """Count a problem."""
        self.count += 1
        if len(self.problems) < MOST:
            self.problems.append(sentence)


@dataclass
class Walk:
    """Where in the chain we are, what heads say about places in it, and the month that we are in."""

    report: Report
    ends: dict[int, list[tuple[str, bytes]]]
    reach: datetime.datetime | None
    salts: dict[datetime.date, bytes]
    position: int = 0
    before: bytes = BEGINNING
    month: tuple[int, int] = (0, 0)
    salt: bytes | None = None


def verify(*, at: datetime.datetime, published: Iterable[str] = ()) -> Report:
    """Look at every seal, event, head and emptying; `published` are tokens of heads kept elsewhere."""
    report = Report()
    salts = {secret.month: bytes(secret.secret) for secret in MonthSecret.objects.all()}
    walk = Walk(report, claimed_ends(report, published), declared_reach(report), salts)
    while seals := seals_after(walk.position):
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


def seals_after(position: int) -> list[Sealed]:
    """The next ones of the chain."""
    seals = Seal.objects.after(position).values_list(
        "position", "event_id", Moment("at"), *CLEAR, Moment("sealed_at"), "digest", "hash"
    )
    return [Sealed._make((*told, bytes(digest), bytes(own))) for *told, digest, own in seals[:BATCH]]


def rows_of(seals: list[Sealed]) -> dict[int, Row]:
    """The events of these seals by id, each its moment, CLEAR and PERSONAL."""
    wanted = {seal.event_id for seal in seals}
    first, last = min(wanted), max(wanted)
    events = AuditEvent.objects.values_list("pk", Moment("at"), *CLEAR, *PERSONAL)
    # ids are dense but for late commits; the time spares PostgreSQL the other months
    near = {"pk__range": (first, last)} if last - first < 2 * BATCH else {"pk__in": wanted}
    times = [seal.at for seal in seals]
    between = (time_of(min(times)), time_of(max(times)))
    found = {row[0]: row[1:] for row in events.filter(at__range=between, **near)}
    if missing := wanted - found.keys():  # a time may have been changed
        found |= {row[0]: row[1:] for row in events.filter(pk__in=missing)}
    return found


def follow(walk: Walk, seal: Sealed) -> None:
    """The seal stands where it must, after the one before it, and is what heads say."""
    report = walk.report
    if seal.position != walk.position + 1:
        report.wrong(f"Between entries {walk.position} and {seal.position} seals are missing.")
    elif hash_of(seal[:8], seal.digest, walk.before) != seal.hash:
        report.wrong(f"{named(seal)}: its seal was changed, or does not follow the one before it.")
    for name, told in walk.ends.pop(seal.position, ()):
        if told != seal.hash:
            report.wrong(
                f"{name} names another hash for entry {seal.position}: what is before it was changed."
            )
    walk.position, walk.before = seal.position, seal.hash
    report.entries += 1
    report.late += seal.sealed_at - seal.at > A_DAY
    report.last_at = seal.sealed_at


def compare(walk: Walk, seal: Sealed, row: Row | None) -> None:
    """The event is what was sealed, or was removed after its time."""
    if row is None:
        missing(walk, seal)
        return
    if row[:5] != seal[2:7]:
        names = (name for name, now, then in zip(FIELDS, row, seal[2:7], strict=False) if now != then)
        walk.report.wrong(f"{named(seal)} was changed: {', '.join(names)}.")
    if not walk.month[0] <= seal.at < walk.month[1]:
        enter_month(walk, seal.at)
    if walk.salt is None:
        walk.report.wrong(f"{named(seal)} cannot be verified: the secret of its month is gone.")
    elif digest_of(seal.position, row[5:], walk.salt) != seal.digest:
        walk.report.wrong(f"{named(seal)} was changed: who, about whom, which thing, why or from where.")


def missing(walk: Walk, seal: Sealed) -> None:
    """Nothing is wrong with an entry that is gone where retention removed it, perhaps a moment ago."""
    at = time_of(seal.at)
    if walk.reach is None or at >= walk.reach:
        walk.reach = declared_reach(Report())
    if walk.reach is not None and at < walk.reach:
        walk.report.emptied += 1
    else:
        walk.report.wrong(f"{named(seal)} was removed.")


def enter_month(walk: Walk, at: int) -> None:
    """From here on, the secret is that of this month; it may have begun while we look."""
    month = month_of(time_of(at))
    if month not in walk.salts and (made := MonthSecret.objects.filter(month=month).first()):
        walk.salts[month] = bytes(made.secret)
    walk.month, walk.salt = bounds_of(month), walk.salts.get(month)


def name_unsealed(report: Report, *, before: datetime.datetime) -> None:
    """Events that should have a seal by now, or that bear the id of another one."""
    seals = Seal.objects.filter(event_id=OuterRef("pk"), at=OuterRef("at"))
    events = AuditEvent.objects.filter(~Exists(seals), at__lt=before).order_by("at", "pk")
    count = events.count()
    for event in events[:MOST]:
        report.wrong(f"Event {event.pk} of {day(event.at)} ({event.verb}) has no seal after more than a day.")
    report.count += max(0, count - MOST)


def named(seal: Sealed) -> str:
    """How a problem begins."""
    return f"Entry {seal.position} (event {seal.event_id} of {day(time_of(seal.at))}, {seal.verb})"


def day(at: datetime.datetime) -> str:
    """The day in Japan."""
    return localtime(at).date().isoformat()


def sentences(report: Report) -> Iterator[str]:
    """The report as lines."""
    yield from report.problems
    if report.count > len(report.problems):
        yield f"and {report.count - len(report.problems):,} more."
    until = f", sealed up to {time_of(report.last_at):%Y-%m-%d %H:%M}" if report.last_at else ""
    yield f"{report.entries:,} entries{until}; {report.heads:,} heads."
    if report.emptied:
        yield f"{report.emptied:,} of them had their personal part removed after its time; their seals hold."
    if report.late:
        yield f"{report.late:,} were sealed more than a day after they happened."
    yield f"{report.count:,} things are wrong." if report.count else "Nothing was changed or removed."
