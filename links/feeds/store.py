"""A feed into links: staged, decided and written in one transaction; a kill leaves nothing half applied."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts import audit
from accounts.intake.counts import Counts
from accounts.intake.reading import Reading
from accounts.intake.refusal import FeedRefused
from accounts.intake.whole import Listeners, Report, nobody
from accounts.models import User
from links import registration, watching
from links.feeds import applying, familiar, fates, staging, turns
from links.feeds.columns import FEEDS
from links.feeds.fhir.reading import FhirReading
from links.feeds.staging import Staged
from links.models import ApiClient, FeedImport, Institution, Link
from links.review import settle

FORMATS: dict[str, type[Reading]] = {"csv": Reading, "fhir": FhirReading}
MAX_REMOVED_PERCENT = 5.0
ROWS_A_REPORT = 1_000

BRAKE = _(
    "The import was stopped: %(lost)s of %(known)s records would disappear or change their holder,"
    " which is more than %(percent)s percent. Nothing was stored."
)


@dataclass(frozen=True, slots=True)
class Order:
    """Which feed it is, and how it is to be read; `complete`: what is missing from the file is removed."""

    institution: str
    category: str
    today: datetime.date
    at: datetime.datetime
    format: str = "csv"
    file_name: str = ""
    by: User | None = None
    client: ApiClient | None = None
    complete: bool = False
    dry_run: bool = False
    max_removed: float = MAX_REMOVED_PERCENT


# may stop an import, by raising, before anything is written
Brake = Callable[[FeedImport, fates.Tally, Order], None]


def import_feed(file: BinaryIO, order: Order, *, listeners: Listeners | None = None) -> Report:
    """Store the whole feed, or nothing of it; raises FeedRefused, whose reason is kept with the import."""
    listeners = listeners or Listeners()
    try:
        reading = FORMATS[order.format](file, FEEDS[order.category], today=order.today)
    except FeedRefused as refusal:
        _keep_refusal(order, refusal)
        raise
    report = Report(Counts(), reading.encoding.label, reading.unknown_columns, reading.warnings)
    with reading:
        (_try if order.dry_run else _carry_out)(reading, order, report, listeners)
    return report


def _try(reading: Reading, order: Order, report: Report, listeners: Listeners) -> None:
    with transaction.atomic():
        _store(reading, begin(order), order, report, listeners)
        transaction.set_rollback(True)


def _carry_out(reading: Reading, order: Order, report: Report, listeners: Listeners) -> None:
    known = Institution.objects.filter(code=order.institution).exists()
    begun = begin(order, encoding=report.encoding)
    report.import_id = begun.pk
    try:
        with transaction.atomic():
            turns.hold(begun)
            _store(reading, begun, order, report, listeners)
    except BaseException as problem:
        reason = str(problem) if isinstance(problem, FeedRefused) else gettext(turns.STOPPED)
        turns.refuse(begun, reason, at=timezone.now())
        if known:
            watching.look(at=timezone.now(), institution=begun.institution_id)
        else:
            _forget(begun)
        raise


def begin(order: Order, *, encoding: str = "") -> FeedImport:
    """Save the open import; FeedRefused where another one of this feed is running."""
    institution, _created = Institution.objects.get_or_create(
        code=order.institution, defaults={"name_ja": order.institution}
    )
    begun = FeedImport(
        institution=institution,
        category=order.category,
        file_name=order.file_name[-255:],
        encoding=encoding,
        complete=order.complete,
        started_at=order.at,
        started_by=order.by,
        client=order.client,
    )
    return turns.begin(begun)


def _forget(begun: FeedImport) -> None:
    """A refused file of an institution that nobody knows may be a mistyped code: it leaves nothing."""
    with transaction.atomic():
        begun.delete()
        Institution.objects.filter(pk=begun.institution_id, imports=None).delete()


def _keep_refusal(order: Order, refusal: FeedRefused) -> None:
    """Keep that a file was refused before it was begun, and why: staff see it."""
    institution = Institution.objects.filter(code=order.institution).first()
    if institution and not order.dry_run:
        FeedImport.objects.create(
            institution=institution,
            category=order.category,
            state=FeedImport.State.REFUSED,
            file_name=order.file_name[-255:],
            complete=order.complete,
            started_at=order.at,
            started_by=order.by,
            finished_at=order.at,
            refusal=str(refusal),
        )
        watching.look(at=order.at, institution=institution.pk)


def _store(
    reading: Reading, feed_import: FeedImport, order: Order, report: Report, listeners: Listeners
) -> None:
    rows = _counted(reading, feed_import, report.counts, listeners)
    with applied(rows, feed_import, order, report.counts, brake=_brake):
        _tell_rejects(reading, report.counts, listeners)
    report.warnings.update(registration.warnings(feed_import.broken_rules))
    listeners.progress(2 * reading.position)


@contextmanager
def applied(
    rows: Iterable[Staged], feed_import: FeedImport, order: Order, counts: Counts, *, brake: Brake
) -> Iterator[None]:
    """All that the rows say, written; inside it the faults of single rows can still be asked for."""
    with staging.temporary(*staging.TABLES, *fates.TABLES):
        staging.load(rows, category=order.category)
        tally = fates.decide(feed_import)
        brake(feed_import, tally, order)
        _count(tally, counts)
        moved = applying.apply(feed_import, at=order.at)
        settle.follow_moves(moved, at=order.at)
        feed_import.broken_rules = registration.broken_in_file(feed_import.category)
        finish(feed_import, counts, order)
        yield


def _counted(
    reading: Reading, feed_import: FeedImport, counts: Counts, listeners: Listeners
) -> Iterator[Staged]:
    for row in familiar.rows(reading, feed_import):
        counts.rows += 1
        if counts.rows % ROWS_A_REPORT == 0:
            listeners.progress(reading.position)
        yield row


def _brake(feed_import: FeedImport, tally: fates.Tally, order: Order) -> None:
    """Stop, before anything is written, where more would be lost than is allowed."""
    if not tally.lost:
        return
    known = Link.objects.of_feed(feed_import).exclude(status=Link.Status.REMOVED).count()
    if known and tally.lost * 100 > order.max_removed * known:
        raise FeedRefused(BRAKE, lost=tally.lost, known=known, percent=f"{order.max_removed:g}")


def _count(tally: fates.Tally, counts: Counts) -> None:
    counts.created, counts.removed, counts.rejected = tally.created, tally.removed, tally.rejected
    counts.changed, counts.unchanged = tally.fates.get("changed", 0), tally.fates.get("unchanged", 0)


def finish(feed_import: FeedImport, counts: Counts, order: Order) -> None:
    """Close an import that was applied, with its figures."""
    for name, count in asdict(counts).items():
        setattr(feed_import, name, count)
    feed_import.state, feed_import.finished_at = FeedImport.State.DONE, timezone.now()
    feed_import.save()
    watching.fed(feed_import, at=feed_import.finished_at)
    sender, subject = feed_import.institution.code, ("import", str(feed_import.pk))
    audit.record("feed.imported", by=order.by, at=order.at, subject=subject, institution=sender)


def _tell_rejects(reading: Reading, counts: Counts, listeners: Listeners) -> None:
    if counts.rejected and listeners.reject is not nobody:
        for reject in reading.again(fates.faults()):
            listeners.reject(reject)
