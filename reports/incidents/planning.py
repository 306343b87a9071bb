"""What two members of staff do with a plan: propose, approve or send back, stop, go on, and take back."""

import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.proposals.keeping import decide, keep
from reports import tasks
from reports.incidents.actions import locked, note, require
from reports.models import Incident, Plan
from reports.moving import ReportError

Phase, Remedy = Plan.Phase, Plan.Remedy
MEANWHILE = _("Somebody decided about this plan before you, or it is in another phase by now.")
NOT_TRIED = _("The dry run is not done yet. Please wait until you see what would happen.")
NOTHING_DONE = _("This plan changed nothing that could be taken back.")


@transaction.atomic
def propose(*, incident: Incident, remedy: str, reason: str, by: User, at: datetime.datetime) -> Plan:
    """Propose one deed on every record; a dry run begins. AccountError where another plan waits."""
    require("incidents.work", by)
    incident = locked(incident, {Incident.State.OPEN})
    return begun(incident, remedy=remedy, reason=reason, by=by, at=at)


@transaction.atomic
def propose_undo(*, plan: Plan, reason: str, by: User, at: datetime.datetime) -> Plan:
    """Propose to put back what the plan did: that can show stopped data again, so it takes two as well."""
    require("incidents.work", by)
    incident = locked(plan.incident, {Incident.State.OPEN})
    done = Plan.objects.filter(pk=plan.pk, undoes=None, phase__in=[Phase.DONE, Phase.STOPPED])
    if not done.exists() or not plan.steps.done().exists():
        raise ReportError(NOTHING_DONE)
    return begun(incident, remedy=Remedy.PUT_BACK, undoes=plan, reason=reason, by=by, at=at)


def begun(incident: Incident, *, by: User, at: datetime.datetime, **values: object) -> Plan:
    """The new plan, tried dry by a worker."""
    plan = keep(incident.plans, by=by, at=at, worked_at=at, **values)
    note(incident, "plan.proposed", by=by, at=at)
    queue(plan)
    return plan


@transaction.atomic
def approve(*, plan: Plan, by: User, at: datetime.datetime) -> Plan:
    """Have it applied, in the name of who approves; a plan that is taken back is over in the same moment."""
    require("incidents.approve", by)
    found = waiting(plan)
    if found.phase != Phase.CHECKED:
        raise ReportError(NOT_TRIED)
    decided = decide(Plan.objects.filter(pk=plan.pk), Plan.State.APPROVED, by=by, at=at)
    if found.undoes_id:
        change(found.undoes_id, {Phase.DONE, Phase.STOPPED}, Phase.UNDONE, at=at)
    change(plan.pk, {Phase.CHECKED}, Phase.APPLYING, at=at)
    note(found.incident, "plan.approved", by=by, at=at)
    queue(found)
    return decided


@transaction.atomic
def send_back(*, plan: Plan, text: str, by: User, at: datetime.datetime) -> Plan:
    """It is not applied; what the dry run found is thrown away."""
    require("incidents.approve", by)
    found = waiting(plan)
    decided = decide(Plan.objects.filter(pk=plan.pk), Plan.State.RETURNED, by=by, at=at, answer=text)
    change(plan.pk, {Phase.CHECKING, Phase.CHECKED}, Phase.DROPPED, at=at)
    found.steps.all().delete()
    note(found.incident, "plan.returned", by=by, at=at)
    return decided


@transaction.atomic
def stop(*, plan: Plan, by: User, at: datetime.datetime) -> None:
    """Stop after the present batch; what was done stands."""
    require("incidents.work", by)
    change(plan.pk, {Phase.APPLYING}, Phase.STOPPED, at=at)
    note(plan.incident, "plan.stopped", by=by, at=at)


@transaction.atomic
def go_on(*, plan: Plan, by: User, at: datetime.datetime) -> None:
    """Go on where it was stopped; not while another plan waits."""
    require("incidents.work", by)
    try:
        with transaction.atomic():
            change(plan.pk, {Phase.STOPPED}, Phase.APPLYING, at=at)
    except IntegrityError as other:
        raise ReportError(MEANWHILE) from other
    note(plan.incident, "plan.resumed", by=by, at=at)
    queue(plan)


def waiting(plan: Plan) -> Plan:
    """The plan, locked: a worker may be trying it dry."""
    return Plan.objects.select_for_update(of=("self",)).select_related("incident").get(pk=plan.pk)


def change(plan_id: int, of: set[Plan.Phase], to: Plan.Phase, *, at: datetime.datetime) -> None:
    """From one phase to another, once; whoever comes second is told."""
    if not Plan.objects.filter(pk=plan_id, phase__in=of).update(phase=to, worked_at=at):
        raise ReportError(MEANWHILE)


def queue(plan: Plan) -> None:
    """A message is a hint: the sweep repeats what got lost."""
    transaction.on_commit(partial(tasks.carry_on_plan.delay, plan_id=plan.pk), robust=True)
