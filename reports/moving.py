"""Locks a report and moves it along the table of states: every verb stands on this."""

import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.refusal import AccountError
from accounts.subjects import is_own_affair
from notices.actions import tell
from reports.clocks import next_step_by
from reports.inquiring import take_back
from reports.kinds import ALLOWED, CLOSED, State
from reports.models import Report, Step

CHANGED = _("This case changed while you were reading it. Please look at what is new, then decide again.")
NOT_NOW = _("This step is not possible now. The case stands at: %(state)s")
CLOSED_ALREADY = _("This report is finished. Nothing more can be added to it.")
NOT_STAFF = _("Only staff of the support desk may work on a case.")
OWN_CASE = _("This case is about you or somebody for whom you act. A colleague must work on it.")


class ReportError(AccountError):
    """Why it cannot be done, fit to show."""


def locked(report: Report, *, version: int | None = None) -> Report:
    """The report's present row, locked until the transaction ends; refused if it is another version now."""
    row = Report.objects.select_for_update(of=("self",)).select_related("link__institution").get(pk=report.pk)
    if version is not None and row.version != version:
        raise ReportError(CHANGED)
    return row


def locked_by_staff(report: Report, *, version: int | None = None, by: User, at: datetime.datetime) -> Report:
    """As locked, for a member of staff who may work on it; refused to one whose own affair it is."""
    if not by.may("desk.work"):
        raise ReportError(NOT_STAFF)
    row = locked(report, version=version)
    if is_own_affair(by, row.resident_id, on=localdate(at)):
        raise ReportError(OWN_CASE)
    return row


def move(report: Report, to: State, *, by: User | None, at: datetime.datetime) -> None:
    """Enter a state that the table allows: clock, version and history follow. The row must be locked.

    `by=None` is the service itself.
    """
    if to not in ALLOWED[report.state]:
        raise ReportError(NOT_NOW % {"state": State(report.state).label})
    if report.state == State.WITH_INSTITUTION:
        take_back(report)
    report.state = to
    report.next_step_by = next_step_by(to, report.severity, on=localdate(at))
    report.closed_at = at if to in CLOSED else None
    report.overdue_since = report.supervisors_told_at = report.reminded_at = None
    report.version += 1
    report.save()
    Step.objects.create(report=report, resident_id=report.resident_id, state=to, by=by, at=at)


def note_down(report: Report, verb: str, *, by: User | None, at: datetime.datetime) -> None:
    """Write the deed into the trail."""
    subject = ("report", report.public_id)
    audit.record(
        verb,
        by=by,
        at=at,
        resident=report.resident_id,
        subject=subject,
        purpose=report.number,
        institution=report.office_code,
    )


def tell_resident(report: Report, kind: str, *, at: datetime.datetime) -> None:
    """Write the notice about the report."""
    subject, area = ("report", report.public_id), report.link.area if report.link else ""
    tell(resident_id=report.resident_id, kind=kind, subject=subject, area=area, at=at)
