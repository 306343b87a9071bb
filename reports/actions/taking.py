"""Staff take a case."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.kinds import State
from reports.models import Report
from reports.moving import ReportError, locked_by_staff, move, note_down, tell_resident

WAITS_FOR_DECISION = _(
    "A correction waits for approval. A second person must approve it or send it back first."
)


@transaction.atomic
def take(*, report: Report, version: int, by: User, at: datetime.datetime) -> Report:
    """Begin or go on checking: it is this person's case, and a hold that nobody confirmed stays."""
    report = locked_by_staff(report, version=version, by=by, at=at)
    if report.state == State.PROPOSED:
        raise ReportError(WAITS_FOR_DECISION)
    report.assignee, report.unconfirmed_until = by, None
    move(report, State.TRIAGED, by=by, at=at)
    note_down(report, "report.moved", by=by, at=at)
    tell_resident(report, "report.moved", at=at)
    return report
