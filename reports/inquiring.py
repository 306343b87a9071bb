"""Asks institutions, and takes what was asked back: the worker under every verb that does so."""

import datetime

from accounts.models import User
from links.models import Institution
from reports.models import Inquiry, Proposal, Report


def addressed(report: Report) -> Institution | None:
    """Who can be asked: whose record it is, or whom the case goes to; None where nobody is known."""
    return report.link.institution if report.link else report.institution


def ask(report: Report, kind: Inquiry.Kind, text: str, *, by: User, at: datetime.datetime) -> Inquiry | None:
    """The question, if there is an institution to ask; its clock is that of the case, which is locked."""
    institution = addressed(report)
    if institution is None:
        return None
    return Inquiry.objects.create(
        report=report,
        resident_id=report.resident_id,
        institution=institution,
        kind=kind,
        text=text,
        answer_by=report.next_step_by,
        asked_by=by,
        asked_at=at,
    )


def take_back(report: Report) -> None:
    """Nobody waits for the institution any more; what it did not carry out was not carried out."""
    Inquiry.objects.open().filter(report=report).update(state=Inquiry.State.TAKEN_BACK)
    report.proposals.filter(state=Proposal.State.ASKED).update(state=Proposal.State.DECLINED)
