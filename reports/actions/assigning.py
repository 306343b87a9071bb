"""Staff give a case to a colleague or a team."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.subjects import is_own_affair
from reports.models import Report
from reports.moving import CLOSED_ALREADY, ReportError, locked_by_staff, note_down

CANNOT_WORK = _("This person does not work on cases.")
TOO_CLOSE = _(
    "This case is about that person or somebody for whom they act. Please choose another colleague."
)


@transaction.atomic
def assign(
    *, report: Report, version: int, to: User | None, team: str, by: User, at: datetime.datetime
) -> Report:
    """From now on it is that person's and that team's, or nobody's; where it stands does not change."""
    report = locked_by_staff(report, version=version, by=by, at=at)
    if not report.is_open:
        raise ReportError(CLOSED_ALREADY)
    if to and not (to.is_active and to.may("desk.work")):
        raise ReportError(CANNOT_WORK)
    if to and is_own_affair(to, report.resident_id, on=localdate(at)):
        raise ReportError(TOO_CLOSE)
    report.assignee, report.team = to, team
    report.version += 1
    report.save(update_fields=["assignee", "team", "version"])
    note_down(report, "report.assigned", by=by, at=at)
    return report
