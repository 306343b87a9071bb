"""Imports a feed and queues the review of what it changed."""

from typing import BinaryIO

from django.db import transaction

from accounts.intake.whole import Listeners, Report
from links.feeds import store
from links.tasks import review_changed


def import_feed(file: BinaryIO, order: store.Order, *, listeners: Listeners | None = None) -> Report:
    """Store the whole feed or nothing; raises FeedRefused. A broker that is away is left to the next beat."""
    report = store.import_feed(file, order, listeners=listeners)
    if not order.dry_run and (report.counts.created or report.counts.changed):
        transaction.on_commit(review_changed.delay, robust=True)
    return report
