"""A feed into links: the whole file in one transaction, so that a kill leaves nothing half applied."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from accounts import audit, vault
from accounts.intake.counts import Counts
from accounts.intake.reading import Row
from accounts.intake.refusal import FeedRefused
from accounts.intake.whole import ROWS_A_BATCH, Listeners, Report, WholeFile
from accounts.models import User
from links.feeds import differences
from links.feeds.columns import FEEDS
from links.models import Change, FeedImport, Institution, Link
from links.models.links import LinkQuerySet

MAX_REMOVED_PERCENT = 5.0

NOT_IN_REGISTER = _("This individual number is not in the resident register.")
BRAKE = _(
    "The import was stopped: %(lost)s of %(known)s records would disappear or change their holder,"
    " which is more than %(percent)s percent. Nothing was stored."
)
ALREADY_RUNNING = _(
    "Another import of this institution and category is running. Please wait until it is done."
)


@dataclass(frozen=True, slots=True)
class Order:
    """Which feed it is, and how it is to be read; `complete`: what is missing from the file is removed."""

    institution: str
    category: str
    today: datetime.date
    at: datetime.datetime
    file_name: str = ""
    by: User | None = None
    complete: bool = False
    dry_run: bool = False
    max_removed: float = MAX_REMOVED_PERCENT


def import_feed(file: BinaryIO, order: Order, *, listeners: Listeners | None = None) -> Report:
    """Store the whole feed, or nothing of it; raises FeedRefused, whose reason is kept with the import."""
    try:
        return _read_and_store(file, order, listeners or Listeners())
    except FeedRefused as refusal:
        if not order.dry_run and Institution.objects.filter(code=order.institution).exists():
            _remember(order, refusal)
        raise


def _read_and_store(file: BinaryIO, order: Order, listeners: Listeners) -> Report:
    with WholeFile(file, FEEDS[order.category], today=order.today, listeners=listeners) as whole:
        with transaction.atomic():
            feed_import = _begin(order, whole.reading.encoding.label)
            _apply(whole, feed_import, order)
            _finish(feed_import, whole.counts, order)
            transaction.set_rollback(order.dry_run)
        return whole.report()


def _begin(order: Order, encoding: str = "", **fields: object) -> FeedImport:
    """The row that stands for this import; while it is open, a constraint keeps every other one out."""
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
        **fields,
    )
    try:
        with transaction.atomic():
            begun.save(force_insert=True)
    except IntegrityError as clash:
        raise FeedRefused(ALREADY_RUNNING) from clash
    return begun


def _remember(order: Order, refusal: FeedRefused) -> None:
    """Keep that a file was refused, and why: staff see it."""
    state = FeedImport.State.REFUSED
    with transaction.atomic():
        _begin(order, state=state, finished_at=order.at, refusal=str(refusal))


def _apply(whole: WholeFile, feed_import: FeedImport, order: Order) -> None:
    links = links_of(feed_import)
    known = links.exclude(status=Link.Status.REMOVED).count()
    lost = 0
    for rows in whole.batches():
        found = _compared(rows, whole, feed_import, at=order.at)
        _write(found)
        _count(found, whole.counts)
        lost += len(found.removed) + found.moved
    if order.complete:
        lost += _remove_missing(whole, feed_import, at=order.at)
    if known and lost * 100 > order.max_removed * known:
        raise FeedRefused(BRAKE, lost=lost, known=known, percent=f"{order.max_removed:g}")


def links_of(feed_import: FeedImport) -> LinkQuerySet:
    """All links of the institution and category of an import."""
    return Link.objects.filter(institution=feed_import.institution_id, category=feed_import.category)


def _compared(
    rows: list[Row], whole: WholeFile, feed_import: FeedImport, *, at: datetime.datetime
) -> differences.Differences:
    prints = [vault.fingerprint(str(row.values["individual_number"])) for row in rows]
    residents = vault.residents_by_fingerprint(prints)
    pairs = [(row, residents.get(one)) for row, one in zip(rows, prints, strict=True)]
    for row in [row for row, resident in pairs if resident is None]:
        whole.reject(whole.reading.reject(row, "individual_number", NOT_IN_REGISTER))
    matched = [differences.incoming(row, resident) for row, resident in pairs if resident is not None]
    return differences.compare(matched, links_of(feed_import), feed_import, at=at)


def _write(found: differences.Differences) -> None:
    Link.objects.bulk_create(found.new)
    Link.objects.bulk_update([*found.changed, *found.removed], differences.WRITTEN, batch_size=200)
    Change.objects.bulk_create([*differences.created(found.new), *found.history])


def _count(found: differences.Differences, counts: Counts) -> None:
    counts.created += len(found.new)
    counts.changed += len(found.changed)
    counts.removed += len(found.removed)
    counts.unchanged += found.unchanged


def _remove_missing(whole: WholeFile, feed_import: FeedImport, *, at: datetime.datetime) -> int:
    """Mark as removed what the complete file does not have; a rejected row is in the file nevertheless."""
    count = 0
    for links in _portions(links_of(feed_import).exclude(status=Link.Status.REMOVED)):
        present = whole.twice.known([link.reference for link in links])
        missing = [link for link in links if link.reference not in present]
        history = [_removed(link, feed_import, at=at) for link in missing]
        Link.objects.filter(pk__in=[link.pk for link in missing]).update(
            status=Link.Status.REMOVED, changed_at=at
        )
        Change.objects.bulk_create(history)
        count += len(missing)
    whole.counts.removed += count
    return count


def _portions(links: LinkQuerySet) -> Iterator[list[Link]]:
    """The links by key, in portions; safe while they are changed."""
    last = 0
    while portion := list(links.filter(pk__gt=last).order_by("pk")[:ROWS_A_BATCH]):
        yield portion
        last = portion[-1].pk


def _removed(link: Link, feed_import: FeedImport, *, at: datetime.datetime) -> Change:
    return Change(
        link=link,
        resident_id=link.resident_id,
        kind=Change.Kind.REMOVED,
        before={"status": link.status},
        after={"status": Link.Status.REMOVED},
        feed_import=feed_import,
        at=at,
    )


def _finish(feed_import: FeedImport, counts: Counts, order: Order) -> None:
    for name in ("rows", "created", "changed", "unchanged", "removed", "rejected"):
        setattr(feed_import, name, getattr(counts, name))
    feed_import.state, feed_import.finished_at = FeedImport.State.DONE, timezone.now()
    feed_import.save()
    audit.record("feed.imported", by=order.by, at=order.at, subject=("import", str(feed_import.pk)))
