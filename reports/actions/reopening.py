"""The resident says that it is still wrong: the case begins anew."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from links import actions as links
from reports.actions.conversation import say
from reports.kinds import State
from reports.models import Message, Report
from reports.moving import ReportError, locked, move, note_down, tell_resident

TOO_LATE = _("This report cannot be opened again. Please make a new one, or call us.")
ANOTHER = _("You have another open report about the same. Please write to us there.")


@transaction.atomic
def reopen(*, report: Report, text: str, by: User, at: datetime.datetime) -> Report:
    """Check a decided report again, its record on hold if it is still on the number; ReportError too late."""
    report = locked(report)
    if not report.may_be_reopened(at=at):
        raise ReportError(TOO_LATE)
    report.assignee, report.cause = None, ""
    try:
        with transaction.atomic():
            move(report, State.REOPENED, by=by, at=at)
    except IntegrityError:
        raise ReportError(ANOTHER) from None
    if text:
        say(report, Message.Audience.SUPPORT, text, by=by, at=at)
    if report.link and report.link.stands and not report.record_left:
        links.hold_for_report(link=report.link, report=report.public_id, by=by, at=at)
    note_down(report, "report.reopened", by=by, at=at)
    tell_resident(report, "report.reopened", at=at)
    return report
