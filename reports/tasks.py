"""What reports do by themselves."""

import datetime

from celery import shared_task
from django.utils import timezone

from reports import drafts, passing, reminding, telling
from reports.incidents import finding, working
from reports.models import Draft, Incident, Plan, Report
from reports.moved_records import follow

KEPT_FOR = datetime.timedelta(days=90)
ONE_MINUTE = datetime.timedelta(minutes=1)


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
    """Everything that happens because a day has passed; how many cases that moved. Tells supervisors."""
    now = timezone.now()
    today = timezone.localdate(now)
    waiting = Report.objects.all()
    due = (
        (passing.go_on_without_answer, waiting.unanswered(on=today)),
        (passing.let_hold_lapse, waiting.unconfirmed(on=today)),
        (passing.remind, waiting.to_remind(by=passing.reminded_by(today))),
        (passing.rise, waiting.overdue(on=today)),
    )
    moved = sum(happens(report, at=now) for happens, reports in due for report in list(reports))
    telling.tell_supervisors(at=now)
    reminding.remind_institutions(at=now)
    return moved


@shared_task(ignore_result=True)
def find_incidents() -> int:
    """Begin the incidents that the check or like cases of residents show; how many."""
    begun = finding.find(at=timezone.now())
    for incident in begun:
        carry_on_incident.delay(incident_id=incident.pk)
    return len(begun)


@shared_task(ignore_result=True)
def carry_on_incident(*, incident_id: int) -> None:
    """List everybody affected, or close the cases; repeating it does nothing twice."""
    working.carry_on_incident(incident_id)


@shared_task(ignore_result=True)
def carry_on_plan(*, plan_id: int) -> None:
    """Try a plan dry, or apply it; repeating it does nothing twice."""
    working.carry_on_plan(plan_id)


@shared_task(ignore_result=True)
def repeat_incidents() -> None:
    """Queue again what a worker, or a message, lost a minute ago."""
    quiet = timezone.now() - ONE_MINUTE
    for key in Incident.objects.at_work().filter(worked_at__lt=quiet).values_list("pk", flat=True):
        carry_on_incident.delay(incident_id=key)
    for key in Plan.objects.at_work().filter(worked_at__lt=quiet).values_list("pk", flat=True):
        carry_on_plan.delay(plan_id=key)
