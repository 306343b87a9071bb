"""An institution moves a record to another number while a report about it is open."""

import pytest
from django.db.models import F
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AuditEvent
from links.models import Change, Link
from notices.models import Notice
from reports.kinds import State
from reports.models import Proposal, Report
from reports.progress import standing
from reports.tasks import follow_records
from tests.factories import FindingFactory
from tests.reports.factories import CORRECTION, do, filed


def moved(link: Link, to) -> None:
    """As the import of a feed leaves it: on another number, a row of history for each of the two."""
    link.refresh_from_db()
    for person, kind in ((link.resident, "removed"), (to, "updated")):
        Change.objects.create(link=link, resident=person, kind=kind, at=timezone.now())
    Link.objects.filter(pk=link.pk).update(resident=to, row_digest=b"m" * 32, holder_name="隣野　隣子")


def now_is(report: Report) -> Report:
    """The report as it stands, with its record at hand."""
    return Report.objects.with_record().get(pk=report.pk)


def test_a_case_whose_record_stays_is_left_alone(taken_report):
    assert follow_records() == 0
    assert now_is(taken_report).version == taken_report.version


def test_a_waiting_proposal_is_overtaken_and_checking_begins_again(proposed_report, link, neighbour):
    moved(link, neighbour)

    assert follow_records() == 1

    report, proposal = now_is(proposed_report), Proposal.objects.get()
    assert report.state == State.TRIAGED
    assert report.record_left_at is not None
    assert (proposal.state, proposal.decided_by) == (Proposal.State.OVERTAKEN, None)
    assert report.steps.latest("pk").by is None


@pytest.mark.parametrize("verb", ["ask_institution", "ask_resident"])
def test_a_case_that_waits_for_an_answer_is_checked_again(taken_report, link, neighbour, support, verb):
    do(verb, taken_report, support, text="Whose account is it?")
    moved(link, neighbour)

    follow_records()

    assert now_is(taken_report).state == State.TRIAGED


def test_a_case_that_nobody_took_stays_with_nobody(report, link, neighbour):
    moved(link, neighbour)

    follow_records()

    now = now_is(report)
    assert (now.state, now.assignee) == (State.RECEIVED, None)
    assert now.version == report.version + 1


def test_it_is_noted_and_told_once(taken_report, link, neighbour):
    told = Notice.objects.filter(kind="report.moved", resident=taken_report.resident)
    before = told.count()
    moved(link, neighbour)

    assert [follow_records(), follow_records()] == [1, 0]

    assert told.count() == before + 1
    assert AuditEvent.objects.filter(verb="report.record_moved", actor=None).count() == 1


def test_a_record_that_comes_back_is_checked_again_too(taken_report, link, resident, neighbour, support):
    moved(link, neighbour)
    follow_records()
    do("propose", taken_report, support, **CORRECTION)
    moved(link, resident)

    assert follow_records() == 1

    report = now_is(taken_report)
    assert (report.state, report.record_left_at) == (State.TRIAGED, None)
    assert Proposal.objects.get().state == Proposal.State.OVERTAKEN


def test_a_finished_case_is_not_opened_again(taken_report, link, neighbour, support, supervisor):
    do("approve", do("propose", taken_report, support, **CORRECTION), supervisor)
    moved(link, neighbour)

    assert follow_records() == 0


def test_the_neighbours_own_report_is_left_alone(taken_report, link, neighbour, neighbour_user):
    moved(link, neighbour)
    follow_records()
    link.refresh_from_db()
    own = filed(link, neighbour_user)

    assert follow_records() == 0
    assert Report.objects.filter(link__resident=F("resident")).get() == own


def test_the_case_is_closed_by_removing_what_has_left(taken_report, link, neighbour, support, supervisor):
    moved(link, neighbour)
    follow_records()

    do("approve", do("propose", taken_report, support, **CORRECTION), supervisor)

    link.refresh_from_db()
    assert now_is(taken_report).state == State.CORRECTED
    assert (link.resident, link.settled_as) == (neighbour, "")


def test_the_case_shows_nothing_of_the_other_person(client, taken_report, link, neighbour, support):
    moved(link, neighbour)
    FindingFactory.create(link=link, resident=neighbour, reasons=["name_and_birth_date"])
    client.force_login(support)

    page = client.get(f"/desk/{taken_report.public_id}/")

    assertContains(page, "機関がこの記録を別の番号に移しました")
    for theirs in (neighbour.name, neighbour.name_kana, neighbour.address, "隣野"):
        assertNotContains(page, theirs)


def test_its_history_ends_where_the_record_left(client, taken_report, link, neighbour, support):
    moved(link, neighbour)
    client.force_login(support)

    history = client.get(f"/desk/{taken_report.public_id}/").context["history"]

    assert str(Change.Kind.REMOVED.label) in [event.title for event in history]
    assert str(Change.Kind.UPDATED.label) not in [event.title for event in history]


def test_the_resident_reads_that_it_left(taken_report, link, neighbour):
    moved(link, neighbour)

    said = standing(now_is(taken_report))

    assert said.kind == "fixing"
    assert link.institution.name in said.text
    assert "別の番号" in said.text


def test_a_question_stays_the_first_thing_to_read(taken_report, link, neighbour, support):
    before = standing(now_is(do("ask_resident", taken_report, support, text="Whose account is it?")))
    moved(link, neighbour)

    assert standing(now_is(taken_report)) == before


def test_no_certificate_is_offered_for_an_insurance_that_left(insurance, resident_user, neighbour):
    report = filed(insurance, resident_user)
    moved(insurance, neighbour)

    assert not now_is(report).insurance_is_held
