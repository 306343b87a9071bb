"""The paper with another person's data goes back to who issued it."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.models import Printout, Report
from reports.moving import ReportError, locked_by_staff, note_down, tell_resident

NOT_OUT = _("No paper is with the resident here, or it came back already.")


@transaction.atomic
def take_paper_back(*, report: Report, version: int, by: User, at: datetime.datetime) -> Report:
    """Note that it came back; the resident is told and need not keep it any more."""
    report = locked_by_staff(report, version=version, by=by, at=at)
    paper = Printout.objects.select_for_update().filter(report=report).first()
    if paper is None or not paper.is_out:
        raise ReportError(NOT_OUT)
    paper.returned_at, paper.returned_by = at, by
    paper.save(update_fields=["returned_at", "returned_by"])
    report.version += 1
    report.save(update_fields=["version"])
    note_down(report, "report.paper_back", by=by, at=at)
    tell_resident(report, "report.moved", at=at)
    return report
