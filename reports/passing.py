"""What happens when a day has passed: answers that did not come, clocks that ran out, unconfirmed holds."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from links import actions as links
from reports.clocks import working_days_after
from reports.kinds import State
from reports.models import Report
from reports.moving import locked, move, note_down, tell_resident

REMINDED_BEFORE = 2  # working days


@transaction.atomic
def go_on_without_answer(report: Report, *, at: datetime.datetime) -> bool:
    """The resident did not answer in time: checking goes on. False where the answer came meanwhile."""
    report = locked(report)
    if report.state != State.AWAITING_RESIDENT or report.next_step_by >= localdate(at):
        return False
    move(report, State.TRIAGED, by=None, at=at)
    note_down(report, "report.moved", by=None, at=at)
    tell_resident(report, "report.moved", at=at)
    return True


@transaction.atomic
def let_hold_lapse(report: Report, *, at: datetime.datetime) -> bool:
    """Nobody confirmed a report made without signing in: its hold ends, the case goes on."""
    report = locked(report)
    if report.unconfirmed_until is None or report.unconfirmed_until >= localdate(at):
        return False
    report.unconfirmed_until = None
    report.version += 1
    report.save(update_fields=["unconfirmed_until", "version"])
    links.lift_report_holds(report=report.public_id, by=None, at=at)
    note_down(report, "report.hold_lapsed", by=None, at=at)
    tell_resident(report, "report.hold_lapsed", at=at)
    return True


def reminded_by(today: datetime.date) -> datetime.date:
    """Whoever has until that day to answer is reminded today."""
    return working_days_after(today, REMINDED_BEFORE)


@transaction.atomic
def remind(report: Report, *, at: datetime.datetime) -> bool:
    """Remind the resident of a question, once. False where the answer came meanwhile."""
    report = locked(report)
    asked = report.state == State.AWAITING_RESIDENT and report.reminded_at is None
    if not asked or report.next_step_by > reminded_by(localdate(at)):
        return False
    report.reminded_at = at
    report.save(update_fields=["reminded_at"])
    note_down(report, "report.reminded", by=None, at=at)
    tell_resident(report, "report.reminder", at=at)
    return True


@transaction.atomic
def rise(report: Report, *, at: datetime.datetime) -> bool:
    """Its clock ran out: it counts as one step graver from now on. False where the step came meanwhile."""
    report = locked(report)
    if not report.is_open or report.overdue_since or report.next_step_by >= localdate(at):
        return False
    report.overdue_since = report.next_step_by
    report.save(update_fields=["overdue_since"])
    note_down(report, "report.overdue", by=None, at=at)
    return True
