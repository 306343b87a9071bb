"""A plan is tried dry, decided by two, applied in batches, stopped, gone on with, and taken back exactly."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.refusal import AccountError
from links import actions as links
from links.models import Change, Hold, Link
from notices.models import Notice
from reports import tasks
from reports.incidents import planning, steps, working
from reports.models import AffectedPerson, Plan, PlanStep
from tests import factories
from tests.reports.factories import filed
from tests.reports.incidents.factories import (
    applied,
    approved,
    carried_on,
    everything,
    incident_of,
    tried,
    undone,
)

Phase = Plan.Phase


class Killed(BaseException):
    """Stands for kill -9: nothing that could answer is left."""


def told(kind: str = "incident.affects_you") -> list[int]:
    """Who has a notice of this kind, one entry a notice."""
    return list(Notice.objects.filter(kind=kind).values_list("resident", flat=True))


def test_a_dry_run_changes_nothing_and_says_what_would_happen(support):
    incident = incident_of(3, support)
    before = everything()
    settled = Link.objects.order_by("pk").first()
    links.release(link=settled, by=support, at=timezone.now())
    Link.objects.filter(pk=settled.pk).update(settled_digest=settled.row_digest)
    between = everything()

    plan = tried(incident, support)

    assert (plan.phase, plan.state) == (Phase.CHECKED, "waiting")
    assert sorted(plan.steps.values_list("state", "why")) == [
        ("skipped", "decided"),
        ("waiting", ""),
        ("waiting", ""),
    ]
    assert everything() == between != before
    assert told() == []


def test_a_plan_is_applied_to_every_record_and_each_person_is_told_once(support):
    incident = incident_of(3, support)

    plan = applied(incident, support)

    assert plan.phase == Phase.DONE
    assert set(Link.objects.values_list("settled_as", "held")) == {("unlinked", False)}
    assert not Hold.objects.active().exists()
    assert Change.objects.filter(kind="unlinked").count() == 3
    assert AuditEvent.objects.filter(verb="record.unlinked", actor=plan.decided_by).count() == 3
    assert sorted(told()) == sorted(AffectedPerson.objects.values_list("resident", flat=True))


def test_whoever_has_two_records_in_it_is_told_once(support):
    incident = incident_of(1, support)
    link = Link.objects.get()
    factories.LinkFactory.create(
        resident=link.resident, institution=link.institution, verdict="mismatch", concealed=True
    )
    working.carry_on_incident(incident.pk)
    planned = applied(incident, support)
    again = tried(incident, support, "withhold")

    assert planned.steps.done().count() == 1
    assert len(told()) == 1
    assert again.steps.count() == 1


@pytest.mark.parametrize("remedy", ["withhold", "unlink", "release"])
def test_what_a_plan_did_is_taken_back_to_the_last_field(remedy, support):
    incident = incident_of(3, support)
    report = filed(Link.objects.first(), factories.bound_user(Link.objects.first().resident))
    before = everything()
    plan = applied(incident, support, remedy)
    between = everything()

    undo = undone(plan, support)

    plan.refresh_from_db()
    assert between != before
    assert everything() == before
    assert (plan.phase, undo.phase, undo.steps.done().count()) == (Phase.UNDONE, Phase.DONE, 3)
    assert Hold.objects.active().filter(reference=report.public_id).count() == 1
    assert sorted(told("incident.taken_back")) == sorted(told())


def test_taking_back_leaves_alone_what_somebody_decided_meanwhile(support):
    incident = incident_of(2, support)
    plan = applied(incident, support)
    decided = Link.objects.order_by("pk").first()
    links.release(link=decided, by=support, at=timezone.now())

    undo = undone(plan, support)

    assert Link.objects.get(pk=decided.pk).settled_as == "right"
    assert undo.steps.get(link=decided).why == "changed"
    assert undo.steps.done().count() == 1


def test_a_hold_that_came_meanwhile_goes_on_after_taking_back(support):
    incident = incident_of(1, support)
    link = Link.objects.get()
    plan = applied(incident, support, "release")
    links.hold_for_report(link=link, report="a report", by=support, at=timezone.now())

    undone(plan, support)

    assert sorted(Hold.objects.active().values_list("source", flat=True)) == ["report", "review"]
    assert Link.objects.get().held


def test_a_record_that_was_sent_anew_after_the_dry_run_is_left_alone(support):
    incident = incident_of(2, support)
    plan = approved(incident, support)
    changed = Link.objects.order_by("pk").first()
    Link.objects.filter(pk=changed.pk).update(row_digest=b"another row" * 2)

    carried_on(plan)

    assert plan.steps.get(link=changed).why == "changed"
    assert Link.objects.get(pk=changed.pk).settled_as == ""
    assert plan.steps.done().count() == 1


def test_an_affair_of_one_of_the_two_is_left_to_a_colleague(support):
    incident = incident_of(2, support)
    own = Link.objects.order_by("pk").first()
    factories.authority(agent=support, subject=own.resident)

    plan = applied(incident, support)

    assert plan.steps.get(link=own).why == "own"
    assert Link.objects.get(pk=own.pk).settled_as == ""


def test_a_worker_lost_in_the_middle_leaves_whole_batches_and_the_next_one_goes_on(support, monkeypatch):
    monkeypatch.setattr(steps, "BATCH", 2)
    incident = incident_of(5, support)
    before = everything()
    plan = approved(incident, support)
    with monkeypatch.context() as patch:
        patch.setattr(steps, "states_of", cut_off_at_the_fourth(steps.states_of))
        with pytest.raises(Killed):
            working.carry_on_plan(plan.pk)
    after_the_kill = plan.steps.done().count()

    carried_on(plan)

    assert (after_the_kill, plan.phase) == (2, Phase.DONE)
    assert len(told()) == len(set(told())) == 5
    assert PlanStep.objects.done().count() == Change.objects.filter(kind="unlinked").count() == 5
    undone(plan, support)
    assert everything() == before


def cut_off_at_the_fourth(states_of):
    """The process is lost when the second batch was written, before its transaction ended."""
    calls = []

    def counted(links):
        calls.append(links)
        if len(calls) == 4:
            raise Killed
        return states_of(links)

    return counted


def test_a_stopped_plan_goes_on_where_it_stopped_or_is_taken_back(support, monkeypatch):
    monkeypatch.setattr(steps, "BATCH", 2)
    incident = incident_of(5, support)
    before = everything()
    plan = approved(incident, support)
    steps.apply_next(plan, at=timezone.now())
    planning.stop(plan=plan, by=support, at=timezone.now())
    carried_on(plan)
    assert (plan.phase, plan.steps.done().count(), told()) == (Phase.STOPPED, 2, [])

    planning.go_on(plan=plan, by=support, at=timezone.now())
    steps.apply_next(plan, at=timezone.now())
    planning.stop(plan=plan, by=support, at=timezone.now())
    undo = undone(plan, support)

    assert undo.steps.done().count() == 4
    assert everything() == before
    with pytest.raises(AccountError):
        planning.go_on(plan=plan, by=support, at=timezone.now())


def test_the_second_person_is_another_one(support, supervisor):
    incident = incident_of(1, support)
    plan = tried(incident, supervisor)

    for who in (supervisor, support):
        with pytest.raises(AccountError):
            planning.approve(plan=plan, by=who, at=timezone.now())

    assert Link.objects.get().settled_as == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.update(state="approved", decided_by=supervisor, decided_at=timezone.now())


def test_nothing_is_approved_before_its_dry_run(support, supervisor):
    incident = incident_of(1, support)
    plan = planning.propose(
        incident=incident, remedy="unlink", reason="Why not.", by=support, at=timezone.now()
    )

    with pytest.raises(AccountError, match=str(planning.NOT_TRIED)):
        planning.approve(plan=plan, by=supervisor, at=timezone.now())


def test_what_is_sent_back_is_not_applied_and_another_plan_may_come(support, supervisor):
    incident = incident_of(1, support)
    plan = tried(incident, support)
    with pytest.raises(AccountError):
        planning.propose(incident=incident, remedy="release", reason="No.", by=support, at=timezone.now())

    planning.send_back(plan=plan, text="Stop them first.", by=supervisor, at=timezone.now())

    assert Plan.objects.values_list("phase", "state", "answer").get() == (
        "dropped",
        "returned",
        "Stop them first.",
    )
    assert tried(incident, support, "withhold").phase == Phase.CHECKED


def test_the_sweep_repeats_what_has_been_quiet_for_a_minute_only(support, monkeypatch):
    queued = []
    monkeypatch.setattr(tasks.carry_on_plan, "delay", lambda plan_id: queued.append(plan_id))
    plan = approved(incident_of(1, support), support)
    tasks.repeat_incidents()
    too_early = list(queued)
    Plan.objects.update(worked_at=timezone.now() - datetime.timedelta(minutes=2))

    tasks.repeat_incidents()

    assert (too_early, queued) == ([], [plan.pk])
