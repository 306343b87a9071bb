"""Somebody opens a report, and the resident can see that."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from accounts import audit
from accounts.models import User
from links import actions as links
from reports.actions.moving import note_down
from reports.models import Report


def open_report(*, report: Report, by: User, at: datetime.datetime) -> None:
    """Write into the trail that somebody looked at the report: the resident, who acts for them, or staff."""
    note_down(report, "report.viewed", by=by, at=at)


def open_list(*, reports: Iterable[Report], by: User, at: datetime.datetime) -> None:
    """Write into the trail about whom else an agent saw reports."""
    audit.look("reports.viewed", residents=[report.resident_id for report in reports], by=by, at=at)


@transaction.atomic
def open_case(*, report: Report, by: User, at: datetime.datetime) -> None:
    """Write into the trail that staff looked at report and record, with the report's number as purpose."""
    note_down(report, "report.viewed", by=by, at=at)
    links.view(link=report.link, by=by, at=at, purpose=report.number)
