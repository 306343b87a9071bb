"""Delivery in the background. A message says that something waits; what it is stands in the database."""

from celery import shared_task
from django.utils import timezone

from notices.claiming import take
from notices.delivering import deliver_all
from notices.fanning import take_paced
from notices.models import Notice

# delivered together; after some such rounds other messages have their turn
TOGETHER = 200
ROUNDS = 10
# so many workers at most are called by one sweep
CALLED = 20
# a call that waited longer has been repeated by a sweep (portal/schedule.py)
CALL_LASTS = 60
# fewer in a fan-out: a single notice waits behind no long message
BULK_A_MESSAGE = 100


@shared_task(expires=CALL_LASTS)
def deliver() -> None:
    """Deliver what waits and concerns single people; where nothing does, it costs one query."""
    for _round in range(ROUNDS):
        notices = take(most=TOGETHER)
        deliver_all(notices)
        if len(notices) < TOGETHER:
            return
    deliver.delay()


@shared_task
def sweep() -> None:
    """Call workers for what nobody was called for, got stuck or is to be tried again."""
    due = Notice.objects.due(at=timezone.now()).values("pk")[: CALLED * TOGETHER].count()
    for _call in range(0, due, TOGETHER):
        deliver.delay()


@shared_task
def deliver_bulk(*, notice_ids: list[int]) -> None:
    """Deliver these of a fan-out, which wait in a queue of their own; repeating it sends nothing twice."""
    deliver_all(list(Notice.objects.unsettled().filter(pk__in=notice_ids).order_by("id")))


@shared_task
def pump() -> None:
    """Queue as much of a fan-out as its pace allows, unless it is paused."""
    ids = take_paced()
    for start in range(0, len(ids), BULK_A_MESSAGE):
        deliver_bulk.delay(notice_ids=ids[start : start + BULK_A_MESSAGE])
