"""The institution answers once; what was approved takes effect when it is done there."""

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from links.models import Change, Hold, Link
from notices.models import Notice
from reports import actions
from reports.kinds import State
from reports.models import Inquiry, Proposal, Report
from reports.tasks import follow_records
from tests import factories
from tests.reports.factories import do, filed, proposed
from tests.reports.inquiries.conftest import MOVE
from tests.reports.other import other


def answer(inquiry: Inquiry, by, *, done: bool = True) -> Inquiry:
    """What the officer says."""
    return actions.answer_inquiry(inquiry=inquiry, done=done, text="Checked.", by=by, at=timezone.now())


def test_a_question_goes_to_the_institution_of_the_record_with_the_clock_of_the_case(inquiry, institution):
    report = Report.objects.get()

    assert (inquiry.institution, inquiry.kind) == (institution, "question")
    assert inquiry.answer_by == report.next_step_by
    assert report.state == State.WITH_INSTITUTION


def test_an_answer_brings_the_case_back_to_checking(inquiry, officer):
    answer(inquiry, officer)

    kept = Inquiry.objects.get()
    assert (kept.state, kept.answered_by, kept.answer) == ("done", officer, "Checked.")
    assert Report.objects.get().state == State.TRIAGED
    event = AuditEvent.objects.get(verb="inquiry.answered")
    assert (event.actor, event.institution) == (officer, inquiry.institution.code)


@pytest.mark.parametrize("who", ["stranger", "support", "nobody"])
def test_nobody_but_its_officers_answers(who, inquiry, stranger, support):
    by = {"stranger": stranger, "support": support, "nobody": factories.UserFactory.create(role="officer")}

    with pytest.raises(actions.ReportError, match="機関の担当者"):
        answer(inquiry, by[who])


def test_an_answer_counts_once(inquiry, officer):
    answer(inquiry, officer)

    with pytest.raises(actions.ReportError, match="すでに回答"):
        answer(inquiry, officer, done=False)


def test_a_case_that_goes_on_takes_the_question_back(inquiry, officer, support):
    do("take", inquiry.report, support)

    assert Inquiry.objects.get().state == "taken_back"
    with pytest.raises(actions.ReportError):
        answer(inquiry, officer)


def test_until_the_institution_did_it_the_record_stays_withheld_and_the_case_open(moving, link):
    report = Report.objects.get()

    assert (report.state, report.closed_at) == (State.WITH_INSTITUTION, None)
    assert Link.objects.get(pk=link.pk).held
    assert Proposal.objects.get().state == "asked"
    inquiry = Inquiry.objects.get()
    assert (inquiry.kind, inquiry.text) == ("move", MOVE["request"])


def test_a_move_takes_effect_when_the_institution_confirms_it(moving, link, officer, supervisor):
    answer(Inquiry.objects.get(), officer)

    report, proposal = Report.objects.get(), Proposal.objects.get()
    assert (report.state, proposal.state) == (State.CORRECTED, "approved")
    assert Link.objects.get(pk=link.pk).was_unlinked
    assert not Hold.objects.active().exists()
    assert (proposal.before["settled_as"], proposal.after["settled_as"]) == ("", "unlinked")
    assert Notice.objects.filter(kind="report.closed", resident=report.resident).count() == 1


def test_a_move_that_the_feed_shows_takes_effect_and_the_owner_is_told(moving, link, neighbour, now):
    Link.objects.filter(pk=link.pk).update(resident=neighbour)
    AuditEvent.objects.filter(verb="record.details_opened").delete()

    assert follow_records() == 1
    assert follow_records() == 0

    assert Report.objects.get().state == State.CORRECTED
    assert Inquiry.objects.get().state == "done"
    arrived = Change.objects.get(kind="arrived")
    assert (arrived.resident, arrived.after) == (neighbour, {"days": 0, "opened": 0})
    assert Notice.objects.filter(kind="record.arrived", resident=neighbour).count() == 1
    assert not Notice.objects.filter(kind="record.arrived", resident=link.resident).exists()


def test_a_record_that_comes_to_its_owner_after_the_case_was_closed_is_told_once(
    moving, link, officer, neighbour
):
    answer(Inquiry.objects.get(), officer)
    Link.objects.filter(pk=link.pk).update(resident=neighbour, settled_as="", settled_digest=None)

    follow_records()
    follow_records()

    assert Notice.objects.filter(kind="record.arrived", resident=neighbour).count() == 1


def test_what_the_institution_cannot_do_goes_back_to_checking(moving, link, officer):
    answer(Inquiry.objects.get(), officer, done=False)

    assert Report.objects.get().state == State.TRIAGED
    assert Proposal.objects.get().state == "declined"
    assert Link.objects.get(pk=link.pk).held


def test_a_wrong_detail_is_corrected_by_the_institution_and_the_record_stays(
    link, resident_user, support, supervisor, officer
):
    detail = MOVE | {"remedy": "attribute", "cause": "wrong_attribute"}
    report = do("take", filed(link, resident_user, kind="wrong_detail"), support)
    do("propose", report, support, **detail)
    do("approve", report, supervisor)

    answer(Inquiry.objects.get(), officer)

    assert Report.objects.get().state == State.CORRECTED
    kept = Link.objects.get(pk=link.pk)
    assert (kept.held, kept.stands) == (False, True)


def test_a_move_needs_words_for_the_institution(link, resident_user, support):
    with pytest.raises(actions.ReportError, match="何を頼む"):
        proposed(link, resident_user, support, **(MOVE | {"request": ""}))


def test_a_detail_is_not_corrected_on_a_record_that_is_somebody_else_s(link, resident_user, support):
    with pytest.raises(actions.ReportError):
        proposed(link, resident_user, support, **(MOVE | {"remedy": "attribute", "cause": "wrong_attribute"}))


def test_a_case_without_a_known_institution_is_asked_about_by_telephone(link, resident_user, support):
    report = do("take", other(link.resident, resident_user), support)
    Report.objects.update(institution=None)

    do("ask_institution", report, support, text="Asked by telephone.")

    assert not Inquiry.objects.exists()
