"""What is over in this room: notices of which every message came to an end."""

import datetime

from django.db.models import QuerySet

from notices.models import Delivery, LetterBatch, Notice, NoticeQuerySet


def notices(*, before: datetime.datetime) -> NoticeQuerySet:
    """Those that were told before that moment."""
    return Notice.objects.filter(created_at__lt=before, settled_at__isnull=False)


def batches(*, before: datetime.datetime) -> QuerySet[LetterBatch]:
    """Batches of letters that were printed before that moment."""
    return LetterBatch.objects.filter(printed_at__lt=before)


def forget_notices(ids: list[int]) -> int:
    """Remove notices with their messages."""
    Delivery.objects.filter(notice__in=ids).delete()
    return Notice.objects.filter(pk__in=ids).delete()[0]
