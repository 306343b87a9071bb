"""A plan step by step: tried dry, applied or put back in bounded batches, then everybody is told once.

Each batch is one transaction that holds the plan's row: two workers never do the same, a kill leaves a whole
number of batches, and a stop takes hold after the present one.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from accounts.models import Resident, User
from links import actions as links_actions
from links.models import Link
from links.review.states import Turn, is_steady, put_back, states_of
from notices.actions import tell_many
from reports.models import AffectedPerson, AffectedRecord, Plan, PlanStep

CHUNK, BATCH = 500, 200
# as many as make a fan-out: they go at a pace, behind single notices
TOLD_AT_ONCE = 1000
Phase, Remedy = Plan.Phase, Plan.Remedy
State, Why = PlanStep.State, PlanStep.Why
SETTLES_AS = {Remedy.UNLINK: Link.Settlement.UNLINKED, Remedy.RELEASE: Link.Settlement.RIGHT}


def locked(plan: Plan, phase: Plan.Phase) -> Plan | None:
    """The plan's present row, locked; None where it is in another phase by now."""
    found = Plan.objects.select_for_update(of=("self",)).select_related("incident", "undoes").get(pk=plan.pk)
    return found if found.phase == phase else None


@transaction.atomic
def try_next(plan: Plan, *, at: datetime.datetime) -> bool:
    """Try the next records dry: steps are written, no record changes. False once all were tried."""
    found = locked(plan, Phase.CHECKING)
    if found is None:
        return False
    tried = undo_steps(found) if found.undoes else first_steps(found)
    PlanStep.objects.bulk_create(tried)
    if not tried:
        found.phase = Phase.CHECKED
    found.worked_at = at
    found.save(update_fields=["reached", "phase", "worked_at"])
    return bool(tried)


def first_steps(plan: Plan) -> list[PlanStep]:
    """The steps of the next records of the incident, as they would be done now."""
    due = AffectedRecord.objects.filter(incident=plan.incident_id, link__isnull=False, pk__gt=plan.reached)
    records = list(due.order_by("pk").select_related("link")[:CHUNK])
    links = [record.link for record in records if record.link]
    states = states_of(links)
    plan.reached = records[-1].pk if records else plan.reached
    return [
        made(plan, link.pk, record.resident_id, states[link.pk], why_not(plan, link, record.resident_id))
        for record, link in zip(records, links, strict=True)
    ]


def undo_steps(plan: Plan) -> list[PlanStep]:
    """The steps that put back what the plan to be undone did: the next of them."""
    done = PlanStep.objects.done().filter(plan=plan.undoes_id, pk__gt=plan.reached)
    steps = list(done.order_by("pk").select_related("link")[:CHUNK])
    plan.reached = steps[-1].pk if steps else plan.reached
    states = states_of([step.link for step in steps])
    return [
        made(
            plan,
            step.link_id,
            step.resident_id,
            step.after,
            "" if is_steady(states[step.link_id], step.after) else Why.CHANGED,
            after=step.before,
        )
        for step in steps
    ]


def made(
    plan: Plan,
    link_id: int,
    resident_id: int,
    before: Mapping[str, Any],
    why: str,
    after: Mapping[str, Any] | None = None,
) -> PlanStep:
    """An unsaved step that waits, or is left out for a reason."""
    state = State.SKIPPED if why else State.WAITING
    return PlanStep(
        plan=plan,
        link_id=link_id,
        resident_id=resident_id,
        before=before,
        after=after or {},
        why=why,
        state=state,
    )


def why_not(plan: Plan, link: Link, resident_id: int) -> str:
    """Why the plan leaves the record alone; empty where it does not."""
    if link.resident_id != resident_id:
        return Why.MOVED
    if plan.remedy == Remedy.WITHHOLD:
        return "" if link.stands else Why.SAME
    decided = link.settled_digest is not None and bytes(link.settled_digest) == bytes(link.row_digest)
    if decided:
        return Why.SAME if link.settled_as == SETTLES_AS[Remedy(plan.remedy)] else Why.DECIDED
    return "" if link.stands else Why.SAME


@transaction.atomic
def apply_next(plan: Plan, *, at: datetime.datetime) -> bool:
    """Do the next batch of steps; False where none waits, or somebody stopped the plan."""
    found = locked(plan, Phase.APPLYING)
    if found is None:
        return False
    steps = list(found.steps.waiting().order_by("pk")[:BATCH])
    if not steps:
        return False
    own = own_affairs(found, [step.resident_id for step in steps])
    for step in steps:
        if step.resident_id in own:
            leave_out(step, Why.OWN)
    free = [step for step in steps if not step.why]
    (take_back if found.is_undo else carry_out)(found, free, at=at)
    PlanStep.objects.bulk_update(steps, ["state", "why", "before", "after"], batch_size=100)
    found.worked_at = at
    found.save(update_fields=["worked_at"])
    return True


def own_affairs(plan: Plan, residents: Iterable[int]) -> set[int]:
    """Whom of these the two who decide are close to: nobody settles their own affair. Two queries."""
    on, people = localdate(plan.decided_at), list(residents)
    return {key for user in deciders(plan) for key in close_to(user, people, on=on)}


def deciders(plan: Plan) -> list[User]:
    """Who proposed it and who approved it."""
    return [user for user in (plan.proposed_by, plan.decided_by) if user is not None]


def close_to(user: User, people: list[int], *, on: datetime.date) -> list[int]:
    """Those of these people about whom the user must not decide."""
    close = Resident.objects.close_to(user, on=on).filter(pk__in=people)
    return list(close.values_list("pk", flat=True))


def carry_out(plan: Plan, steps: list[PlanStep], *, at: datetime.datetime) -> None:
    """Do what was planned with the records that are still as they were tried, and keep their states."""
    by = decider(plan)
    links = list(Link.objects.select_for_update(of=("self",)).filter(pk__in=ids(steps)).order_by("pk"))
    before = states_of(links)
    steady = [step for step in steps if is_steady(before[step.link_id], step.before)]
    if plan.remedy == Remedy.WITHHOLD:
        incident = plan.incident.public_id
        links_actions.withhold_for_incident(link_ids=ids(steady), incident=incident, by=by, at=at)
    else:
        as_what = SETTLES_AS[Remedy(plan.remedy)]
        links_actions.settle_many(link_ids=ids(steady), as_what=as_what, by=by, at=at)
    after = states_of(Link.objects.filter(pk__in=ids(steady)))
    for step in steps:
        if step.link_id in after:
            step.state, step.before, step.after = State.DONE, before[step.link_id], after[step.link_id]
        else:
            leave_out(step, Why.CHANGED)


def take_back(plan: Plan, steps: list[PlanStep], *, at: datetime.datetime) -> None:
    """Put the records back that are still as the other plan left them."""
    turns = [Turn(step.link_id, now=step.before, then=step.after) for step in steps]
    restored = put_back(turns, by=decider(plan), at=at)
    for step in steps:
        if step.link_id in restored:
            step.state = State.DONE
        else:
            leave_out(step, Why.CHANGED)


def decider(plan: Plan) -> User:
    """Who approved it: in whose name it is done."""
    (_proposer, approver) = deciders(plan)
    return approver


def leave_out(step: PlanStep, why: PlanStep.Why) -> None:
    """Leave the record as it is, and say why."""
    step.state, step.why = State.SKIPPED, why


def ids(steps: list[PlanStep]) -> list[int]:
    """The keys of their records."""
    return [step.link_id for step in steps]


@transaction.atomic
def tell_next(plan: Plan, *, at: datetime.datetime) -> bool:
    """Write the one notice to the next people; False once all were told, or somebody stopped the plan.

    Whoever was told, and whose record was put back, learns that, and counts as not told.
    """
    found = locked(plan, Phase.APPLYING)
    if found is None:
        return False
    kind = "incident.taken_back" if found.is_undo else "incident.affects_you"
    people = list(to_tell(found).order_by("pk")[:TOLD_AT_ONCE])
    subject = ("incident", found.incident.public_id)
    tell_many([(who.resident_id, kind, subject, who.area) for who in people], at=at)
    told_at = None if found.is_undo else at
    AffectedPerson.objects.filter(pk__in=[who.pk for who in people]).update(told_at=told_at)
    return bool(people)


def to_tell(plan: Plan) -> QuerySet[AffectedPerson]:
    """Those who have to learn of the plan and did not yet."""
    if not plan.is_undo:
        return plan.incident.people.untold()
    back = plan.steps.done().values("resident")
    return plan.incident.people.filter(told_at__isnull=False, resident__in=back)


@transaction.atomic
def finish(plan: Plan, *, at: datetime.datetime) -> None:
    """The plan is done; nothing where somebody stopped it, or another worker is still at it."""
    found = locked(plan, Phase.APPLYING)
    if found is None or found.steps.waiting().exists() or to_tell(found).exists():
        return
    found.phase, found.finished_at = Phase.DONE, at
    found.save(update_fields=["phase", "finished_at"])
