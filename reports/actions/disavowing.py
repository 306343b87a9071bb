"""“This was not me”, said with the code of a notice, without signing in; and who confirms it."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Resident, User
from links import actions as links
from links.models import Link
from reports.actions.filing import entered
from reports.clocks import working_days_after
from reports.kinds import Kind, severity_of
from reports.models import Report
from reports.moving import ReportError, locked, note_down

HELD_FOR = 5  # working days
CONFIRMED = _("This report is confirmed already.")


@transaction.atomic
def disavow(
    *,
    resident: Resident,
    notice_kind: str,
    link: Link | None,
    held: Sequence[Link],
    language: str,
    simple: bool,
    at: datetime.datetime,
) -> Report:
    """The case of who does not know what a notice told; the one that is open already, unchanged.

    About `link` where the notice told of a record that stands; `held` are withheld for five working days.
    """
    kind = Kind.NOT_MINE if link else Kind.NOT_ME
    report = Report(
        resident=resident,
        link=link,
        kind=kind,
        matter="" if link else notice_kind,
        severity=severity_of(kind, link.category if link else ""),
        language=language,
        simple=simple,
        unconfirmed_until=working_days_after(localdate(at), HELD_FOR),
    )
    first = entered(report, notice="report.by_code", by=None, at=at)
    if first is report:
        links.hold_several_for_report(links=held, report=report.public_id, by=None, at=at)
    return first


@transaction.atomic
def confirm(*, report: Report, by: User, at: datetime.datetime) -> Report:
    """The resident, signed in, says that the report is theirs: its hold stays until it is decided."""
    report = locked(report)
    if report.unconfirmed_until is None:
        raise ReportError(CONFIRMED)
    report.unconfirmed_until = None
    report.version += 1
    report.save(update_fields=["unconfirmed_until", "version"])
    note_down(report, "report.confirmed", by=by, at=at)
    return report
