"""What a worker does for the benchmark alone."""

from celery import shared_task
from django.core.cache import cache


@shared_task
def nothing() -> None:
    """The yardstick."""


@shared_task
def mark(*, name: str) -> None:
    """Say that everything queued before was taken."""
    cache.set(name, True, timeout=600)
