"""An institution answers what it was asked; an approved correction takes effect when it is done."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from links.models import ApiClient
from reports.carrying_out import finish_asked
from reports.kinds import State
from reports.models import Inquiry, Proposal, Report
from reports.moving import ReportError, locked, move, tell_resident

NOT_OFFICER = _("Only officers of the institution may answer.")
ANSWERED = _("This was answered already, or it was taken back.")


@transaction.atomic
def answer_inquiry(
    *,
    inquiry: Inquiry,
    done: bool,
    text: str,
    by: User | None,
    client: ApiClient | None = None,
    at: datetime.datetime,
) -> Inquiry:
    """Store the answer, once, of the officer or the machine; checking goes on, or the correction is done."""
    if by and not (by.may("inquiries.answer") and Inquiry.objects.seen_by(by).filter(pk=inquiry.pk).exists()):
        raise ReportError(NOT_OFFICER)
    report = locked(inquiry.report)
    inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
    if not inquiry.is_open:
        raise ReportError(ANSWERED)
    inquiry.state = Inquiry.State.DONE if done else Inquiry.State.REFUSED
    inquiry.answer, inquiry.answered_by, inquiry.client, inquiry.answered_at = text, by, client, at
    inquiry.save()
    subject = ("report", report.public_id)
    code = client.institution.code if client else ""
    audit.record(
        "inquiry.answered", by=by, at=at, resident=report.resident_id, subject=subject, institution=code
    )
    if inquiry.is_request and done:
        proposal = report.proposals.select_for_update().get(state=Proposal.State.ASKED)
        finish_asked(report, proposal, at=at)
    else:
        go_on(report, by=by, at=at)
    return inquiry


def go_on(report: Report, *, by: User | None, at: datetime.datetime) -> None:
    """Support reads the answer and goes on checking."""
    move(report, State.TRIAGED, by=by, at=at)
    tell_resident(report, "report.moved", at=at)
