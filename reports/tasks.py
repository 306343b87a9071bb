"""What reports do by themselves."""

import datetime

from celery import shared_task
from django.utils import timezone

from reports import drafts
from reports.models import Draft, Report
from reports.moved_records import follow

KEPT_FOR = datetime.timedelta(days=90)


@shared_task(ignore_result=True)
def throw_away_old_drafts() -> int:
    """Delete the drafts that nobody touched for 90 days, with their files; how many."""
    limit = timezone.now() - KEPT_FOR
    old = Draft.objects.filter(changed_at__lte=limit).values_list("pk", flat=True)
    return sum(drafts.throw_away(each, unless_changed_since=limit) for each in list(old))


@shared_task(ignore_result=True)
def follow_records() -> int:
    """Begin anew with cases whose record an institution moved to another number, or back; how many."""
    return sum(follow(report, at=timezone.now()) for report in list(Report.objects.out_of_step()))
