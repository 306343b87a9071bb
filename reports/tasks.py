"""What reports do by themselves."""

import datetime

from celery import shared_task
from django.utils import timezone

from reports import drafts, passing
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


@shared_task(ignore_result=True)
def let_days_pass() -> int:
    """Go on without answers that did not come in time, end holds that nobody confirmed; how many."""
    now = timezone.now()
    today = timezone.localdate(now)
    late = [passing.go_on_without_answer(each, at=now) for each in list(Report.objects.unanswered(on=today))]
    held = [passing.let_hold_lapse(each, at=now) for each in list(Report.objects.unconfirmed(on=today))]
    return sum(late) + sum(held)
