"""Looking into the outbox, and letting time pass in it."""

import datetime

from django.utils import timezone

from notices.models import Delivery, Notice

SECOND = datetime.timedelta(seconds=1)


def of(notice: Notice) -> Delivery:
    """The one delivery of a notice, as it stands."""
    return Delivery.objects.of(notice).get()


def make_due(notice: Notice) -> None:
    """Let the time pass until the delivery may be tried again."""
    past = timezone.now() - SECOND
    Delivery.objects.of(notice).open().update(due_at=past)
    Notice.objects.filter(pk=notice.pk).update(due_at=past)
