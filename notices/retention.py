"""What is over in this room: notices of which every message came to an end."""

import datetime

from notices.models import Delivery, Notice, NoticeQuerySet


def notices(*, before: datetime.datetime) -> NoticeQuerySet:
    """Those that were told before that moment."""
    return Notice.objects.filter(created_at__lt=before, settled_at__isnull=False)


def forget_notices(ids: list[int]) -> int:
    """Remove notices with their messages."""
    Delivery.objects.filter(notice__in=ids).delete()
    return Notice.objects.filter(pk__in=ids).delete()[0]
