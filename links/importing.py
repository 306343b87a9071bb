"""Imports a feed or one row, or undoes an import, and queues the review of what that changed."""

import datetime
from collections.abc import Callable
from typing import BinaryIO

from django.db import transaction

from accounts.intake.reading import Row
from accounts.intake.whole import Listeners, Report
from accounts.models import User
from links.feeds import rollback, single, store
from links.tasks import review_changed


def import_feed(file: BinaryIO, order: store.Order, *, listeners: Listeners | None = None) -> Report:
    """Store the whole feed or nothing; raises FeedRefused. A broker that is away is left to the next beat."""
    report = store.import_feed(file, order, listeners=listeners)
    if not order.dry_run and (report.counts.created or report.counts.changed):
        transaction.on_commit(review_changed.delay, robust=True)
    return report


@transaction.atomic
def rollback_feed(import_id: int, *, by: User | None, at: datetime.datetime) -> rollback.Undone:
    """Undo a whole import; raises RollbackRefused, and nothing is undone."""
    undone = rollback.rollback(import_id, by=by, at=at)
    transaction.on_commit(review_changed.delay, robust=True)
    return undone


def put_row(row: Row, order: store.Order, *, losing: Callable[[], None]) -> single.Outcome:
    """Store one row; raises what `single.put` does."""
    return _reviewed(single.put(row, order, losing=losing))


def end_record(reference: str, order: store.Order, *, losing: Callable[[], None]) -> single.Outcome:
    """Say of one record that it has ended; raises what `single.end` does."""
    return _reviewed(single.end(reference, order, losing=losing))


def _reviewed(outcome: single.Outcome) -> single.Outcome:
    if outcome != single.Outcome.UNCHANGED:
        transaction.on_commit(review_changed.delay, robust=True)
    return outcome
