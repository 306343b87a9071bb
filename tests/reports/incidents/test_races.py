"""Two at once over an incident, on real connections: one wins, the other is told, nothing happens twice."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.refusal import AccountError
from links.models import Change, Link
from notices.models import Notice
from reports.incidents import planning, statements, steps, working
from reports.models import AffectedPerson, Plan, Statement
from tests.at_once import at_once
from tests.factories import UserFactory
from tests.reports.incidents.factories import approved, begun, incident_of, stated, tried, wrong_links

pytestmark = pytest.mark.django_db(transaction=True)


def both(*deeds: Callable[[], object]) -> list[object]:
    """What each deed returned, or how it was refused."""
    return at_once(*deeds, refusal=AccountError)


def refusals(results: list[object]) -> int:
    """How many were refused."""
    return sum(isinstance(result, AccountError) for result in results)


@pytest.fixture
def supervisors() -> list[User]:
    """Two of them."""
    return [UserFactory.create(role="supervisor") for _each in range(2)]


def test_a_plan_is_approved_once(support, supervisors):
    plan = tried(incident_of(2, support), support)

    results = both(
        *(lambda by=by: planning.approve(plan=plan, by=by, at=timezone.now()) for by in supervisors)
    )

    assert refusals(results) == 1
    assert Plan.objects.get().phase == Plan.Phase.APPLYING


def test_approved_and_sent_back_at_once_ends_in_one_of_them(support, supervisors):
    plan = tried(incident_of(2, support), support)
    one, other = supervisors

    results = both(
        lambda: planning.approve(plan=plan, by=one, at=timezone.now()),
        lambda: planning.send_back(plan=plan, text="No.", by=other, at=timezone.now()),
    )

    kept = Plan.objects.get()
    assert refusals(results) == 1
    assert (kept.state, kept.phase) in {("approved", "applying"), ("returned", "dropped")}


def test_two_plans_proposed_at_once_are_one(support):
    incident = incident_of(1, support)

    def propose() -> Plan:
        return planning.propose(
            incident=incident, remedy="unlink", reason="Both.", by=support, at=timezone.now()
        )

    assert refusals(both(propose, propose)) == 1
    assert Plan.objects.count() == 1


def test_two_workers_do_each_step_once_and_tell_each_person_once(support, monkeypatch):
    monkeypatch.setattr(steps, "BATCH", 3)
    plan = approved(incident_of(10, support), support)

    both(*[lambda: working.carry_on_plan(plan.pk)] * 2)

    assert Plan.objects.get().phase == Plan.Phase.DONE
    assert Change.objects.filter(kind="unlinked").count() == 10
    assert Notice.objects.filter(kind="incident.affects_you").count() == AffectedPerson.objects.count() == 10


def test_a_plan_stopped_while_a_worker_is_at_it_ends_between_two_batches(support, monkeypatch):
    monkeypatch.setattr(steps, "BATCH", 2)
    plan = approved(incident_of(6, support), support)

    both(
        lambda: working.carry_on_plan(plan.pk),
        lambda: planning.stop(plan=plan, by=support, at=timezone.now()),
    )

    kept = Plan.objects.get()
    done = kept.steps.done().count()
    assert (kept.phase, done % 2) in {("stopped", 0), ("done", 0)}
    assert Link.objects.filter(settled_as="unlinked").count() == done


def test_two_workers_list_everybody_once(support, institution, monkeypatch):
    wrong_links(6, institution)
    incident = begun(institution, support)
    incident.records.all().delete()
    incident.people.all().delete()
    type(incident).objects.update(state="listing", reached=0)

    both(*[lambda: working.carry_on_incident(incident.pk)] * 2)

    assert incident.records.count() == incident.people.count() == 6


def test_a_statement_is_published_once(support, supervisors):
    incident = incident_of(1, support)
    stated(incident, support)

    results = both(
        *(lambda by=by: statements.publish(incident=incident, by=by, at=timezone.now()) for by in supervisors)
    )

    assert refusals(results) == 1
    assert Statement.objects.get().state == "approved"
