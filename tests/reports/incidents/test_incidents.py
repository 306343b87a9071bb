"""An incident is found by the check, by like cases or by staff; everybody affected is listed once."""

import datetime

import pytest
from django.utils import timezone

from accounts.refusal import AccountError
from links.models import Link, ReviewRun
from notices.models import Notice
from reports.incidents import actions, finding, listing, working
from reports.kinds import State
from reports.models import AffectedPerson, Incident, Proposal, Report, Step
from tests import factories
from tests.reports.factories import filed, taken
from tests.reports.incidents.factories import DAY, OFFICE, applied, begun, incident_of, wrong_links
from tests.reports.other import other


def run_that_found(institution, wrong: int = 6) -> ReviewRun:
    """A finished check that found one office's day."""
    now = timezone.now()
    return ReviewRun.objects.create(
        state="finished",
        rules_version="1",
        started_at=now,
        finished_at=now,
        incidents=[[institution.code, OFFICE, DAY.isoformat(), wrong, 9]],
    )


def test_the_check_begins_an_incident_once_with_its_cause(institution):
    wrong_links(3, institution)
    run = run_that_found(institution)

    first, second = finding.find(at=timezone.now()), finding.find(at=timezone.now())

    assert second == []
    assert [(each.cause, each.run, each.found_by, each.discovered_at) for each in first] == [
        ("transcription", run, None, run.finished_at)
    ]


def test_like_cases_of_several_residents_begin_one(institution):
    for link in wrong_links(5, institution)[: finding.FEWEST_CASES]:
        filed(link, factories.bound_user(link.resident))

    (incident,) = finding.find(at=timezone.now())

    assert (incident.office, incident.day) == (OFFICE, DAY)


def test_four_like_cases_begin_none(institution):
    for link in wrong_links(4, institution):
        filed(link, factories.bound_user(link.resident))

    assert finding.find(at=timezone.now()) == []


def test_what_was_dismissed_does_not_come_back_by_itself(institution, support, supervisor):
    wrong_links(1, institution)
    incident = begun(institution, support)
    actions.dismiss(incident=incident, by=supervisor, at=timezone.now())
    run_that_found(institution)

    assert finding.find(at=timezone.now()) == []


def test_everybody_is_listed_whether_they_reported_or_not(institution, support, monkeypatch):
    monkeypatch.setattr(listing, "CHUNK", 2)
    owner = factories.ResidentFactory.create()
    links = wrong_links(3, institution, owner=owner)
    right = factories.LinkFactory.create(institution=institution)
    other_day = factories.LinkFactory.create(
        institution=institution, linked_on=datetime.date(2024, 12, 6), concealed=True
    )
    reporter = factories.bound_user(links[0].resident)
    report = filed(links[0], reporter)

    incident = begun(institution, support)

    assert set(incident.records.values_list("link", flat=True)) == {link.pk for link in links}
    assert right.pk, other_day.pk
    assert incident.records.get(link=links[0]).report == report
    assert dict(incident.people.values_list("resident", "role")) == {
        **{link.resident_id: "number" for link in links},
        owner.pk: "owner",
    }
    assert incident.state == Incident.State.OPEN


def test_every_record_of_the_day_can_be_chosen(institution, support):
    wrong_links(1, institution)
    factories.LinkFactory.create(institution=institution)

    assert begun(institution, support, scope="all").records.count() == 2


def test_who_lost_a_record_and_got_a_wrong_one_is_affected_on_both_sides(institution, support):
    first, second = wrong_links(2, institution)
    first.findings.update(owner=second.resident)

    incident = begun(institution, support)

    assert incident.people.get(resident=second.resident).role == "both"


def test_listing_again_finds_those_who_came_later_and_doubles_nobody(institution, support):
    wrong_links(2, institution)
    incident = begun(institution, support)
    wrong_links(1, institution)

    actions.list_again(incident=incident, by=support, at=timezone.now())
    working.carry_on_incident(incident.pk)

    assert incident.records.count() == AffectedPerson.objects.count() == 3


def test_a_second_incident_of_the_same_office_day_and_cause_is_refused(institution, support):
    begun(institution, support)

    with pytest.raises(AccountError):
        begun(institution, support)


def test_staff_add_a_case_that_is_about_no_record(institution, support, resident, resident_user):
    report = other(resident, resident_user)
    incident = begun(institution, support, scope="cases", day=None)

    actions.add_case(incident=incident, report=report, by=support, at=timezone.now())
    actions.add_case(incident=incident, report=report, by=support, at=timezone.now())

    assert list(incident.records.values_list("report", "link")) == [(report.pk, None)]
    assert incident.people.get().resident == resident


def test_nobody_adds_their_own_case(institution, support, resident, resident_user):
    report = other(resident, resident_user)
    factories.authority(agent=support, subject=resident)
    incident = begun(institution, support, scope="cases", day=None)

    with pytest.raises(AccountError):
        actions.add_case(incident=incident, report=report, by=support, at=timezone.now())


def test_without_a_day_nothing_but_cases_can_be_listed(institution, support):
    with pytest.raises(AccountError):
        begun(institution, support, day=None)


@pytest.mark.parametrize(
    ("remedy", "state", "cause"),
    [("unlink", State.CORRECTED, "shared_terminal"), ("release", State.NOT_AN_ERROR, "not_an_error")],
)
def test_with_the_incident_its_cases_are_closed_by_the_same_two(remedy, state, cause, support):
    incident = incident_of(3, support)
    links = list(Link.objects.order_by("pk"))
    cases = [
        filed(links[0], factories.bound_user(links[0].resident)),
        taken(links[1], factories.bound_user(links[1].resident), support),
    ]
    plan = applied(incident, support, remedy)
    Incident.objects.update(state="closing", reached=0)

    working.carry_on_incident(incident.pk)

    incident.refresh_from_db()
    assert incident.state == Incident.State.CLOSED
    for case in cases:
        kept = Report.objects.get(pk=case.pk)
        proposal = Proposal.objects.get(report=case)
        assert (kept.state, kept.cause) == (state, cause)
        assert (proposal.proposed_by, proposal.decided_by) == (plan.proposed_by, plan.decided_by)
        assert (proposal.before["held"], proposal.after["settled_as"]) == (
            True,
            "right" if remedy == "release" else "unlinked",
        )
    assert Step.objects.filter(state=state).count() == 2
    assert Notice.objects.filter(kind="report.closed").count() == 2
