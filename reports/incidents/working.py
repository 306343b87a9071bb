"""Carries incidents and plans on from wherever they are: what a killed worker left is found in the rows."""

from django.utils import timezone

from reports.incidents import closing, listing, steps
from reports.models import Incident, Plan


def carry_on_incident(incident_id: int) -> None:
    """List everybody, or close the cases, until nothing is left to do; two workers do nothing twice."""
    incident = Incident.objects.get(pk=incident_id)
    while incident.state == Incident.State.LISTING and listing.list_next(incident, at=timezone.now()):
        pass
    while incident.state == Incident.State.CLOSING and closing.close_next(incident, at=timezone.now()):
        pass


def carry_on_plan(plan_id: int) -> None:
    """Try the plan dry, or apply it, until a person decides or it is done."""
    plan = Plan.objects.get(pk=plan_id)
    if plan.phase == Plan.Phase.CHECKING:
        while steps.try_next(plan, at=timezone.now()):
            pass
        return
    while steps.apply_next(plan, at=timezone.now()):
        pass
    while steps.tell_next(plan, at=timezone.now()):
        pass
    steps.finish(plan, at=timezone.now())
