"""Background work of the whole service."""

from celery import shared_task
from django.db import connection
from django.utils import timezone

from notices.partitions import PartitionError, make_ahead
from portal import figures, scorecards


@shared_task
def compute_figures() -> None:
    """Compute the public figures of today, and a scorecard for each institution."""
    today = timezone.localdate()
    figures.compute(day=today)
    scorecards.compute(day=today)


@shared_task(autoretry_for=(PartitionError,), retry_kwargs={"countdown": 600, "max_retries": 6})
def make_partitions() -> None:
    """Make the partitions of the months ahead; what stands in the way is tried again, then logged."""
    make_ahead(connection, on=timezone.localdate())
