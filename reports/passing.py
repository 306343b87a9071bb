"""What happens when a day has passed: an answer that did not come, a hold that nobody confirmed."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from links import actions as links
from reports.kinds import State
from reports.models import Report
from reports.moving import locked, move, note_down, tell_resident


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
