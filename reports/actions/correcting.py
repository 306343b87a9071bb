"""A correction takes two people: one proposes, another approves it or sends it back."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.proposals.words import NOTHING_WAITS, OWN_PROPOSAL
from links import actions as links
from links.models import Link
from reports import inquiring
from reports.carrying_out import settle, snapshot
from reports.kinds import ASKED_FOR, NO_ERROR, OWN_RECORD, WITH_RECORD, WITHOUT_RECORD, Cause, Remedy, State
from reports.models import Inquiry, Proposal, Report
from reports.moving import ReportError, locked_by_staff, move, note_down, tell_resident

CONTRADICTION = _("“Not an error” goes with releasing the record, and every other cause with removing it.")
NO_RECORD = _("This case is about no record of this number: nothing can be removed or released.")
NOT_ALLOWED = _("Only a supervisor may decide about a correction.")
NOT_OWN = _("The resident says that the record is not theirs: there is no detail to correct.")
NO_REQUEST = _("Please write what the institution is asked to do.")
NEW_ROW = _(
    "The institution sent other data since this was proposed. Please send it back to be checked again."
)

MOVED = _(
    "The institution moved this record to another number. Please propose to remove it: it stays where it is."
)


@transaction.atomic
def propose(
    *,
    report: Report,
    version: int,
    remedy: str,
    cause: str,
    reason: str,
    explanation: str,
    request: str = "",
    by: User,
    at: datetime.datetime,
) -> Report:
    """Propose what to do with the record: the reason for the second person, the words for the resident."""
    report = locked_by_staff(report, version=version, by=by, at=at)
    check(report, Remedy(remedy), cause)
    if remedy in ASKED_FOR and not request:
        raise ReportError(NO_REQUEST)
    move(report, State.PROPOSED, by=by, at=at)
    Proposal.objects.create(
        report=report,
        resident_id=report.resident_id,
        remedy=remedy,
        cause=cause,
        reason=reason,
        explanation=explanation,
        request=request,
        row_digest=report.link.row_and_person if report.link else b"",
        proposed_by=by,
        proposed_at=at,
    )
    note_down(report, "correction.proposed", by=by, at=at)
    return report


@transaction.atomic
def approve(*, report: Report, version: int, by: User, at: datetime.datetime) -> Report:
    """Do what was proposed: settle the record, close the report, keep before and after, tell the resident."""
    report = locked_by_staff(report, version=version, by=by, at=at)
    proposal = waiting_proposal(report, by=by)
    report.cause, report.unconfirmed_until = proposal.cause, None
    if proposal.remedy in ASKED_FOR:
        return have_done(report, proposal, by=by, at=at)
    carry_out(proposal, link_id=report.link_id, by=by, at=at)
    decide(proposal, Proposal.State.APPROVED, by=by, at=at)
    no_error = proposal.remedy in NO_ERROR
    move(report, State.NOT_AN_ERROR if no_error else State.CORRECTED, by=by, at=at)
    note_down(report, "correction.approved", by=by, at=at)
    tell_resident(report, "report.closed", at=at)
    return report


def have_done(report: Report, proposal: Proposal, *, by: User, at: datetime.datetime) -> Report:
    """Ask the institution to carry it out; until it did, the record stays withheld and the case open."""
    link = same_row(proposal, report.link_id or 0)
    proposal.before = snapshot(link)
    decide(proposal, Proposal.State.ASKED, by=by, at=at)
    move(report, State.WITH_INSTITUTION, by=by, at=at)
    inquiring.ask(report, Inquiry.Kind(proposal.remedy), proposal.request, by=by, at=at)
    note_down(report, "correction.approved", by=by, at=at)
    tell_resident(report, "report.moved", at=at)
    return report


@transaction.atomic
def send_back(*, report: Report, version: int, text: str, by: User, at: datetime.datetime) -> Report:
    """Return the proposal with the reason; checking goes on."""
    report = locked_by_staff(report, version=version, by=by, at=at)
    proposal = waiting_proposal(report, by=by)
    proposal.answer = text
    decide(proposal, Proposal.State.RETURNED, by=by, at=at)
    move(report, State.TRIAGED, by=by, at=at)
    note_down(report, "correction.returned", by=by, at=at)
    return report


def waiting_proposal(report: Report, *, by: User) -> Proposal:
    """The proposal of a locked report that waits for a decision, if this person may decide it."""
    if not by.may("desk.approve"):
        raise ReportError(NOT_ALLOWED)
    proposal = report.proposals.filter(state=Proposal.State.WAITING).first()
    if proposal is None:
        raise ReportError(NOTHING_WAITS)
    if proposal.proposed_by_id == by.pk:
        raise ReportError(OWN_PROPOSAL)
    return proposal


def check(report: Report, remedy: Remedy, cause: str) -> None:
    """ReportError where remedy, cause and record do not go together."""
    if remedy in (WITH_RECORD if report.link is None else WITHOUT_RECORD):
        raise ReportError(NO_RECORD)
    if (remedy in NO_ERROR) != (cause == Cause.NOT_AN_ERROR):
        raise ReportError(CONTRADICTION)
    if remedy == Remedy.ATTRIBUTE and report.kind not in OWN_RECORD:
        raise ReportError(NOT_OWN)
    if remedy in (Remedy.RELEASE, *ASKED_FOR) and report.record_left:
        raise ReportError(MOVED)


def carry_out(proposal: Proposal, *, link_id: int | None, by: User, at: datetime.datetime) -> None:
    """Do what was proposed and keep the record before and after; without one, only end the holds."""
    if link_id is None:
        links.lift_report_holds(report=proposal.report.public_id, by=by, at=at)
        return
    link = same_row(proposal, link_id)
    proposal.before = snapshot(link)
    settle(link, proposal, by=by, at=at)
    link.refresh_from_db()
    proposal.after = snapshot(link)


def same_row(proposal: Proposal, link_id: int) -> Link:
    """The record, locked; ReportError where the institution sent other data since, or another's number."""
    link = Link.objects.select_for_update(of=("self",)).get(pk=link_id)
    if link.row_and_person != bytes(proposal.row_digest):
        raise ReportError(NEW_ROW)
    return link


def decide(proposal: Proposal, state: Proposal.State, *, by: User, at: datetime.datetime) -> None:
    """Store who decided, and when."""
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, at
    proposal.save()
