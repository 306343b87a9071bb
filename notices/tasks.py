"""Delivery in the background."""

from celery import shared_task


@shared_task
def deliver(*, notice_ids: list[int]) -> None:
    """Send these notices to everyone who is told; repeating it sends nothing twice."""


@shared_task
def sweep() -> None:
    """Queue again what was never queued or got stuck."""
