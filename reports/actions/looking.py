"""Somebody opens a report, and the resident can see that."""

import datetime

from django.db import transaction

from accounts.models import User
from links import actions as links
from reports.actions.moving import note_down
from reports.models import Report


def open_report(*, report: Report, by: User, at: datetime.datetime) -> None:
    """Write into the trail that the resident, or somebody acting for them, looked at the report."""
    note_down(report, "report.viewed", by=by, at=at)


@transaction.atomic
def open_case(*, report: Report, by: User, at: datetime.datetime) -> None:
    """Write into the trail that staff looked at report and record, with the report's number as purpose."""
    note_down(report, "report.viewed", by=by, at=at)
    links.view(link=report.link, by=by, at=at, purpose=report.number)
