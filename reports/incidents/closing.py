"""Closes the cases of an incident: what its plan did to their records is their correction."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.subjects import is_own_affair
from notices.languages import whole
from reports.carrying_out import snapshot
from reports.kinds import UNTAKEN, Cause, Remedy, State
from reports.models import Incident, Plan, PlanStep, Proposal, Report
from reports.moving import locked, move, note_down, tell_resident

REMEDIES = {Plan.Remedy.UNLINK: Remedy.UNLINK, Plan.Remedy.RELEASE: Remedy.RELEASE}


def close_next(incident: Incident, *, at: datetime.datetime) -> bool:
    """Close the next case whose record was settled; the incident with the last one. False at the end."""
    with transaction.atomic():
        found = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
        if found.state != Incident.State.CLOSING:
            return False
        step = next_step(found)
        if step is None:
            found.state, found.closed_at = Incident.State.CLOSED, at
        else:
            close(Report.objects.open().get(link=step.link_id, resident=step.resident_id), step, at=at)
            found.reached = step.pk
        found.worked_at = at
        found.save(update_fields=["state", "closed_at", "worked_at", "reached"])
        return step is not None


def next_step(incident: Incident) -> PlanStep | None:
    """The next settled record about which a case of the same person is open."""
    done = PlanStep.objects.done().filter(
        plan__incident=incident,
        plan__remedy__in=REMEDIES,
        plan__phase=Plan.Phase.DONE,
        pk__gt=incident.reached,
    )
    cases = Report.objects.open().filter(link=OuterRef("link"), resident=OuterRef("resident"))
    return (
        done.filter(Exists(cases))
        .select_related("plan__incident", "plan__proposed_by", "plan__decided_by")
        .order_by("pk")
        .first()
    )


def close(report: Report, step: PlanStep, *, at: datetime.datetime) -> None:
    """Take the case the whole way that the table of states allows; nothing where it is the approver's own."""
    report, by = locked(report), step.plan.decided_by
    if by is None or report.link is None or is_own_affair(by, report.resident_id, on=localdate(at)):
        return
    lead_to_decision(report, by=by, at=at)
    remedy = REMEDIES[Plan.Remedy(step.plan.remedy)]
    released = remedy == Remedy.RELEASE
    report.cause = Cause.NOT_AN_ERROR if released else step.plan.incident.cause
    report.unconfirmed_until = None
    write_proposal(report, step, remedy)
    move(report, State.NOT_AN_ERROR if released else State.CORRECTED, by=by, at=at)
    note_down(report, "correction.approved", by=by, at=at)
    tell_resident(report, "report.closed", at=at)


def lead_to_decision(report: Report, *, by: User, at: datetime.datetime) -> None:
    """To where a decision is made, from wherever it stands; what another proposed is overtaken."""
    waiting = report.proposals.filter(state=Proposal.State.WAITING)
    waiting.update(state=Proposal.State.OVERTAKEN, decided_at=at)
    if report.state in UNTAKEN:
        move(report, State.TRIAGED, by=by, at=at)
    if report.state != State.PROPOSED:
        move(report, State.PROPOSED, by=by, at=at)


def write_proposal(report: Report, step: PlanStep, remedy: Remedy) -> None:
    """The correction as the two decided it for the whole incident, with the record before and after."""
    plan, link = step.plan, report.link
    Proposal.objects.create(
        report=report,
        resident_id=report.resident_id,
        remedy=remedy,
        cause=report.cause,
        reason=plan.incident.number,
        explanation=explanation(report, released=remedy == Remedy.RELEASE),
        row_digest=bytes.fromhex(step.after["row"]),
        state=Proposal.State.APPROVED,
        proposed_by=plan.proposed_by,
        proposed_at=plan.proposed_at,
        decided_by=plan.decided_by,
        decided_at=plan.decided_at,
        before={name: step.before[name] for name in ("held", "settled_as", "row")},
        after=snapshot(link) if link else {},
    )


def explanation(report: Report, *, released: bool) -> str:
    """What the resident reads, in their language."""
    with override(whole(report.language)):
        if released:
            return _("We checked all records of this incident. This one is yours.")
        return _("The office made this mistake with several people. We removed the record from your number.")
