"""The resident takes a report back."""

import datetime

from django.db import transaction

from accounts.models import User
from links import actions as links
from reports.kinds import State
from reports.models import Report
from reports.moving import locked, move, note_down, tell_resident


@transaction.atomic
def withdraw(*, report: Report, by: User, at: datetime.datetime) -> Report:
    """Close it without a decision; what it withheld is free again unless another hold stands."""
    report = locked(report)
    move(report, State.WITHDRAWN, by=by, at=at)
    links.lift_report_hold(link=report.link, report=report.public_id, by=by, at=at)
    note_down(report, "report.withdrawn", by=by, at=at)
    tell_resident(report, "report.withdrawn", at=at)
    return report
