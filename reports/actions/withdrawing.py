"""The resident takes a report back."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from links import actions as links
from reports.kinds import State
from reports.models import Report
from reports.moving import ReportError, locked, move, note_down, tell_resident

OURS = _("Our staff must look at this report first. You pressed by mistake? Please call us.")


@transaction.atomic
def withdraw(*, report: Report, by: User, at: datetime.datetime) -> Report:
    """Close it without a decision; what it withheld is free again unless another hold stands."""
    report = locked(report)
    if report.is_open and not report.may_be_withdrawn and report.state != State.PROPOSED:
        raise ReportError(OURS)
    move(report, State.WITHDRAWN, by=by, at=at)
    links.lift_report_holds(report=report.public_id, by=by, at=at)
    note_down(report, "report.withdrawn", by=by, at=at)
    tell_resident(report, "report.withdrawn", at=at)
    return report
