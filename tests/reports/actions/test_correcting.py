"""Corrections take two people, happen at once or not at all, and are never lost or doubled."""

import pytest

from accounts.models import AuditEvent
from links.models import Change, Hold, Link
from links.review import settle
from notices.models import Notice
from reports import actions
from reports.actions.correcting import snapshot
from reports.kinds import State
from reports.models import Proposal, Report
from tests.factories import UserFactory, authority
from tests.reports.factories import CORRECTION, RELEASE, corrected, do, proposed


def test_a_proposal_waits_with_its_reasons(proposed_report, support):
    proposal = Proposal.objects.get()

    assert Report.objects.get().state == State.PROPOSED
    assert {name: getattr(proposal, name) for name in CORRECTION} == CORRECTION
    assert (proposal.state, proposal.proposed_by) == (Proposal.State.WAITING, support)
    assert AuditEvent.objects.filter(verb="correction.proposed", actor=support).exists()


def test_a_proposal_changes_nothing_of_the_record_yet(proposed_report, link):
    link.refresh_from_db()

    assert link.settled_as == ""
    assert link.held


@pytest.mark.parametrize(
    ("remedy", "cause"), [("unlink", "not_an_error"), ("release", "family_account"), ("release", "same_name")]
)
def test_a_remedy_and_a_cause_that_contradict_each_other_are_refused(taken_report, support, remedy, cause):
    with pytest.raises(actions.ReportError, match="誤りではない"):
        do("propose", taken_report, support, **(CORRECTION | {"remedy": remedy, "cause": cause}))

    assert not Proposal.objects.exists()


def test_nothing_is_proposed_before_the_case_was_taken(report, support):
    with pytest.raises(actions.ReportError):
        do("propose", report, support, **CORRECTION)

    assert not Proposal.objects.exists()


def test_a_second_proposal_has_to_wait(proposed_report, colleague):
    with pytest.raises(actions.ReportError):
        do("propose", proposed_report, colleague, **RELEASE)

    assert Proposal.objects.count() == 1


def test_an_approved_removal_takes_the_record_off_the_number(proposed_report, link, supervisor):
    do("approve", proposed_report, supervisor)

    link.refresh_from_db()
    kept = Report.objects.get()
    assert link.settled_as == Link.Settlement.UNLINKED
    assert not Link.objects.of(link.resident).filter(pk=link.pk).exists()
    assert (kept.state, kept.cause) == (State.CORRECTED, "family_account")
    assert kept.closed_at is not None


def test_an_approved_release_shows_the_record_again(link, resident_user, support, now):
    settle.withhold([link.pk], source=Hold.Source.REVIEW, by=None, at=now)

    report = corrected(link, resident_user, support, **RELEASE)

    link.refresh_from_db()
    assert link.shows_details
    assert link.settled_as == Link.Settlement.RIGHT
    assert Report.objects.get(pk=report.pk).state == State.NOT_AN_ERROR


@pytest.mark.parametrize("correction", [CORRECTION, RELEASE])
def test_no_hold_stands_after_a_decision(link, resident_user, support, correction):
    corrected(link, resident_user, support, **correction)

    assert not Hold.objects.active().exists()


def test_before_and_after_are_kept(proposed_report, link, supervisor):
    link.refresh_from_db()
    before = snapshot(link)

    do("approve", proposed_report, supervisor)

    link.refresh_from_db()
    proposal = Proposal.objects.get()
    assert proposal.before == before
    assert proposal.after == snapshot(link)
    assert proposal.before["settled_as"] == ""
    assert proposal.after["settled_as"] == "unlinked"


def test_what_is_kept_of_the_record_names_nobody(link):
    kept = str(snapshot(link))

    assert link.holder_name not in kept
    assert link.reference not in kept


def test_an_approval_is_written_down_and_told(proposed_report, supervisor):
    do("approve", proposed_report, supervisor)

    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.decided_by) == (Proposal.State.APPROVED, supervisor)
    assert AuditEvent.objects.filter(verb="correction.approved", actor=supervisor).exists()
    assert Notice.objects.filter(kind="report.closed", subject_id=proposed_report.public_id).count() == 1
    assert Change.objects.filter(kind=Change.Kind.UNLINKED, by=supervisor).exists()


def test_nobody_approves_their_own_proposal(link, resident_user, supervisor):
    report = proposed(link, resident_user, supervisor)

    with pytest.raises(actions.ReportError, match="ご自分の提案"):
        do("approve", report, supervisor)

    link.refresh_from_db()
    assert link.settled_as == ""


def test_a_promotion_does_not_make_a_second_person(proposed_report, support):
    support.role = "supervisor"
    support.save()

    with pytest.raises(actions.ReportError, match="ご自分の提案"):
        do("approve", proposed_report, support)


def test_an_agent_cannot_approve(proposed_report, colleague):
    with pytest.raises(actions.ReportError, match="管理者"):
        do("approve", proposed_report, colleague)


def test_nobody_decides_about_their_own_record(proposed_report, supervisor, resident):
    authority(agent=supervisor, subject=resident)

    with pytest.raises(actions.ReportError, match="ご自分"):
        do("approve", proposed_report, supervisor)


def test_a_second_approval_is_refused(proposed_report, supervisor):
    do("approve", proposed_report, supervisor)

    with pytest.raises(actions.ReportError):
        do("approve", proposed_report, UserFactory.create(role="supervisor"))

    assert Notice.objects.filter(kind="report.closed").count() == 1


def test_an_approval_of_an_older_page_is_refused_kindly(proposed_report, supervisor, now):
    with pytest.raises(actions.ReportError, match="新しい内容を見てから"):
        actions.approve(report=proposed_report, version=1, by=supervisor, at=now)

    assert Report.objects.get().state == State.PROPOSED


def test_new_data_of_the_institution_stop_the_approval(proposed_report, link, supervisor):
    Link.objects.filter(pk=link.pk).update(row_digest=b"n" * 32)

    with pytest.raises(actions.ReportError, match="新しいデータ"):
        do("approve", proposed_report, supervisor)

    assert Report.objects.get().state == State.PROPOSED
    assert Proposal.objects.get().state == Proposal.State.WAITING


def test_another_person_s_number_under_the_same_row_stops_the_approval(
    proposed_report, link, neighbour, supervisor
):
    Link.objects.filter(pk=link.pk).update(resident=neighbour)

    with pytest.raises(actions.ReportError):
        do("approve", proposed_report, supervisor)

    assert Proposal.objects.get().state == Proposal.State.WAITING


def test_a_decision_that_fails_halfway_leaves_nothing(proposed_report, link, supervisor, monkeypatch):
    monkeypatch.setattr("reports.actions.correcting.tell_resident", lambda *words, at: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        do("approve", proposed_report, supervisor)

    link.refresh_from_db()
    assert link.settled_as == ""
    assert Proposal.objects.get().state == Proposal.State.WAITING
    assert not Notice.objects.filter(kind="report.closed").exists()


def test_a_proposal_goes_back_with_the_reason(proposed_report, supervisor):
    do("send_back", proposed_report, supervisor, text="Ask the bank first.")

    proposal = Proposal.objects.get()
    assert Report.objects.get().state == State.TRIAGED
    assert (proposal.state, proposal.answer) == (Proposal.State.RETURNED, "Ask the bank first.")
    assert proposal.decided_by == supervisor
    assert AuditEvent.objects.filter(verb="correction.returned").exists()


def test_the_resident_is_not_told_of_a_returned_proposal(proposed_report, supervisor):
    before = Notice.objects.count()

    do("send_back", proposed_report, supervisor, text="Ask the bank first.")

    assert Notice.objects.count() == before


def test_after_it_went_back_it_can_be_proposed_again(proposed_report, support, supervisor):
    do("send_back", proposed_report, supervisor, text="Ask the bank first.")

    do("propose", proposed_report, support, **RELEASE)
    do("approve", proposed_report, supervisor)

    assert Report.objects.get().state == State.NOT_AN_ERROR
    assert list(Proposal.objects.order_by("id").values_list("state", flat=True)) == ["returned", "approved"]


def test_nothing_goes_back_twice(proposed_report, supervisor):
    do("send_back", proposed_report, supervisor, text="Ask the bank first.")

    with pytest.raises(actions.ReportError, match="決裁を待つ提案はありません"):
        do("send_back", proposed_report, supervisor, text="Ask the bank first.")


def test_the_proposer_cannot_send_it_back_either(link, resident_user, supervisor):
    report = proposed(link, resident_user, supervisor)

    with pytest.raises(actions.ReportError, match="ご自分の提案"):
        do("send_back", report, supervisor, text="Changed my mind.")


@pytest.fixture
def moved_report(taken_report, link, neighbour):
    """A report about a record that the institution moved to another number while it was checked."""
    Link.objects.filter(pk=link.pk).update(resident=neighbour, row_digest=b"m" * 32)
    return taken_report


def test_a_record_that_moved_stays_where_it_is_when_the_report_closes(
    moved_report, link, neighbour, support, supervisor
):
    do("approve", do("propose", moved_report, support, **CORRECTION), supervisor)

    link.refresh_from_db()
    assert (link.resident, link.settled_as, link.held) == (neighbour, "", False)
    assert Report.objects.get().state == State.CORRECTED


def test_a_record_that_moved_is_not_called_the_first_person_s(moved_report, support):
    with pytest.raises(actions.ReportError, match="番号"):
        do("propose", moved_report, support, **RELEASE)

    assert not Proposal.objects.exists()
