"""One row by itself, as the API brings it: stored as an import of one row, in one short transaction.

The open import is never seen by others: whoever comes at the same moment waits for this transaction, and then
goes on. While a file of the same feed is imported, which everybody sees, the row is refused.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from django.db import OperationalError, connection, transaction

from accounts.intake.counts import Counts
from accounts.intake.reading import Fault, Row
from accounts.intake.refusal import FeedRefused
from links.feeds import applying, fates, store, turns
from links.feeds.staging import Fresh
from links.models import FeedImport, Link

LOCK_WAITS = "3s"
STATEMENT_LASTS = "10s"


class Outcome(StrEnum):
    """What became of the record."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class RowRefused(Exception):
    """The row cannot be used; `fault` says which column, and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault = fault


class Occupied(Exception):
    """A file of this feed is being imported, or too much else goes on: another try may do."""


def put(row: Row, order: store.Order, *, losing: Callable[[], None]) -> Outcome:
    """Store the row; raises RowRefused or Occupied.

    `losing` is called before a record ends, disappears or changes its holder, and may forbid it by raising.
    """
    counts = Counts(rows=1)
    ends = row.values.get("status") == Link.Status.ENDED

    def brake(_feed_import: FeedImport, tally: fates.Tally, _order: store.Order) -> None:
        for fault in fates.faults():
            raise RowRefused(fault)
        if tally.lost or (ends and tally.fates.get("changed")):
            losing()

    with _turn(order) as begun, store.applied([Fresh(row)], begun, order, counts, brake=brake):
        return _outcome(counts)


def end(reference: str, order: store.Order, *, losing: Callable[[], None]) -> Outcome:
    """Say of a record that it has ended, if it has not; raises Link.DoesNotExist or Occupied."""
    feed = Link.objects.filter(institution__code=order.institution, category=order.category)
    if feed.get(reference=reference).status != Link.Status.ACTIVE:
        return Outcome.UNCHANGED
    losing()
    with _turn(order) as begun:
        link = feed.select_for_update(of=("self",)).get(reference=reference)
        applying.end(begun, link, at=order.at)
        store.finish(begun, Counts(rows=1, changed=1), order)
    return Outcome.CHANGED


@contextmanager
def _turn(order: store.Order) -> Iterator[FeedImport]:
    """One transaction in which this feed is ours; Occupied where it cannot be had soon."""
    try:
        with transaction.atomic():
            _hurry()
            begun = store.begin(order)
            turns.hold(begun)
            yield begun
    except (FeedRefused, OperationalError) as problem:
        raise Occupied from problem


def _hurry() -> None:
    """Let the server give up in seconds; SQLite waits as long as its time-out says."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAITS}'")
            cursor.execute(f"SET LOCAL statement_timeout = '{STATEMENT_LASTS}'")


def _outcome(counts: Counts) -> Outcome:
    if counts.created:
        return Outcome.CREATED
    return Outcome.CHANGED if counts.changed or counts.removed else Outcome.UNCHANGED
