"""Delivery in the background."""

from celery import shared_task

from notices.delivering import deliver_all, take_overdue
from notices.fanning import take_paced

# few messages for many notices: a broker takes a thousand small messages longer than the database its rows
NOTICES_A_MESSAGE = 100
MESSAGES_A_SWEEP = 100
# fewer in a fan-out: a single notice waits behind no long message
BULK_A_MESSAGE = 20


@shared_task
def deliver(*, notice_ids: list[int]) -> None:
    """Send these notices to everyone who is told; repeating it sends nothing twice."""
    deliver_all(notice_ids)


@shared_task
def sweep() -> None:
    """Queue again what was never queued or got stuck, in bounded batches read from a small index."""
    for _message in range(MESSAGES_A_SWEEP):
        ids = take_overdue(most=NOTICES_A_MESSAGE)
        if not ids:
            return
        deliver.delay(notice_ids=ids)


@shared_task
def deliver_bulk(*, notice_ids: list[int]) -> None:
    """The same for notices of a fan-out, which wait in a queue of their own."""
    deliver_all(notice_ids)


@shared_task
def pump() -> None:
    """Queue as much of a fan-out as its pace allows, unless it is paused."""
    ids = take_paced()
    for start in range(0, len(ids), BULK_A_MESSAGE):
        deliver_bulk.delay(notice_ids=ids[start : start + BULK_A_MESSAGE])
