"""Imports a feed, or undoes an import, and queues the review of what that changed."""

import datetime
from typing import BinaryIO

from django.db import transaction

from accounts.intake.whole import Listeners, Report
from accounts.models import User
from links.feeds import rollback, store
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
