"""Background work of the whole service."""

from celery import shared_task
from django.utils import timezone

from portal import figures


@shared_task
def compute_figures() -> None:
    """Compute the public figures of today."""
    figures.compute(day=timezone.localdate())
