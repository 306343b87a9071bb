"""What the pages of an incident show: counts, clocks, the plan and how far it is. No person is named."""

import datetime
from collections import Counter
from typing import Any

from django.db.models import Count

from accounts.models import User
from accounts.proposals.pages import second_person
from reports.incidents.clocks import clocks, next_clock
from reports.models import AffectedPerson, Incident, Plan, PlanStep, Statement

ROOM = "incidents"
TONES = {
    Incident.State.OPEN: "attention",
    Incident.State.CLOSED: "ok",
    Plan.Phase.CHECKED: "attention",
    Plan.Phase.STOPPED: "attention",
    Plan.Phase.DONE: "ok",
}


def tone(state: str, *, at_work: bool) -> str:
    """The look of a state."""
    return "waiting" if at_work else TONES.get(state, "ended")  # type: ignore[call-overload]


def row(incident: Incident, *, today: datetime.date) -> dict[str, Any]:
    """One line of the list; three queries."""
    return {
        "incident": incident,
        "tone": tone(incident.state, at_work=incident.is_at_work),
        "clock": next_clock(incident, today=today) if incident.is_open else None,
        "people": incident.people.count(),
    }


def page(incident: Incident, *, user: User, today: datetime.date) -> dict[str, Any]:
    """Everything that the page of one incident shows."""
    plans = list(
        incident.plans.select_related("proposed_by", "decided_by", "undoes").order_by("-proposed_at", "-pk")
    )
    running = next((plan for plan in plans if plan.is_at_work), None)
    return {
        "incident": incident,
        "tone": tone(incident.state, at_work=incident.is_at_work),
        "clocks": clocks(incident, today=today),
        **counts(incident),
        "plans": [plan_page(plan, user) for plan in plans if plan.phase != Plan.Phase.DROPPED],
        "at_work": incident.is_at_work or running is not None,
        "progress": progress(incident, running),
        "plan": of_plans(plans, user, is_open=incident.state == Incident.State.OPEN),
        "statement": of_statements(incident, user),
        "leaks": {each.stage: each for each in incident.leak_reports.all()},
        "may_work": user.may("incidents.work"),
        "may_approve": user.may("incidents.approve"),
    }


def counts(incident: Incident) -> dict[str, Any]:
    """How many records and people, on which side, how many reported, and how many were told."""
    roles = dict(incident.people.values_list("role").annotate(people=Count("pk")))
    return {
        "records": incident.records.count(),
        "people": sum(roles.values()),
        "roles": [(label, roles.get(code, 0)) for code, label in AffectedPerson.Role.choices],
        "cases": incident.records.exclude(report=None).count(),
        "told": incident.people.filter(told_at__isnull=False).count(),
    }


def of_plans(plans: list[Plan], user: User, *, is_open: bool) -> dict[str, Any]:
    """Who may propose or decide now; a plan that runs or stands stopped keeps another one waiting."""
    known = second_person(plans, user, is_open=is_open, room=ROOM)
    running = any(plan.is_at_work or plan.phase == Plan.Phase.STOPPED for plan in plans)
    return known | {"may_propose": known["may_propose"] and not running}


def of_statements(incident: Incident, user: User) -> dict[str, Any]:
    """What was published, what waits, and who may decide."""
    history = list(incident.statements.select_related("proposed_by").order_by("-pk"))
    known = second_person(history, user, is_open=incident.is_open, room=ROOM)
    published = [each for each in history if each.state == Statement.State.APPROVED]
    return known | {"published": published[0] if published else None, "versions": len(published)}


def plan_page(plan: Plan, user: User) -> dict[str, Any]:
    """One plan with what its steps came to, in words and counts."""
    by_state: Counter[tuple[str, str]] = Counter(
        {(state, why): n for state, why, n in plan.steps.values_list("state", "why").annotate(n=Count("pk"))}
    )
    left = [(PlanStep.Why(why).label, n) for (_state, why), n in sorted(by_state.items()) if why]
    return {
        "plan": plan,
        "tone": tone(plan.phase, at_work=plan.is_at_work),
        "waiting": by_state[PlanStep.State.WAITING, ""],
        "done": by_state[PlanStep.State.DONE, ""],
        "left": left,
        "may_undo": undoable(plan) and bool(by_state[PlanStep.State.DONE, ""]) and user.may("incidents.work"),
    }


def undoable(plan: Plan) -> bool:
    """Whether what it did can be taken back."""
    return not plan.is_undo and plan.phase in (Plan.Phase.DONE, Plan.Phase.STOPPED)


def progress(incident: Incident, plan: Plan | None) -> dict[str, Any]:
    """What a worker does at present, and how far it is in percent; None where nobody can say."""
    if plan is None:
        return {"doing": incident.get_state_display(), "percent": None, "records": incident.records.count()}
    steps = plan.steps.count()
    if plan.phase == Plan.Phase.CHECKING:
        whole = plan.undoes.steps.done().count() if plan.undoes else incident.records.count()
        done = steps
    else:
        whole, done = steps, steps - plan.steps.waiting().count()
    percent = 100 * done // whole if whole else None
    return {"doing": plan.get_phase_display(), "percent": percent, "records": done}
