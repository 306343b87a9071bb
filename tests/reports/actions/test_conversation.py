"""Messages and notes: who reads what, and what they move."""

import pytest

from accounts.models import AuditEvent
from notices.models import Notice
from reports import actions
from reports.kinds import State
from reports.models import Message, Report
from tests.reports.factories import corrected, do


@pytest.fixture
def asked_report(taken_report, support) -> Report:
    """A report that waits for the resident."""
    do("ask_resident", taken_report, support, text="Which branch is it?")
    return Report.objects.get()


def told(kind: str) -> int:
    """How many notices of that kind were written."""
    return Notice.objects.filter(kind=kind).count()


def test_a_question_waits_for_the_resident_and_tells_them(asked_report):
    message = Message.objects.get()

    assert asked_report.needs_resident
    assert (message.audience, message.text) == (Message.Audience.RESIDENT, "Which branch is it?")
    assert told("report.needs_you") == 1


def test_the_answer_brings_the_case_back_to_support(asked_report, resident_user, support, now):
    actions.answer(report=asked_report, text="The one in Urawa.", by=resident_user, at=now)

    kept = Report.objects.get()
    assert (kept.state, kept.assignee) == (State.TRIAGED, support)
    assert Message.objects.last().audience == Message.Audience.SUPPORT


def test_an_unasked_message_leaves_the_case_where_it_is(taken_report, resident_user, now):
    actions.answer(report=taken_report, text="One more thing.", by=resident_user, at=now)

    kept = Report.objects.get()
    assert kept.state == State.TRIAGED
    assert kept.steps.count() == 2


def test_who_decides_must_first_read_what_the_resident_wrote(proposed_report, resident_user, supervisor, now):
    seen = Report.objects.get().version
    actions.answer(report=proposed_report, text="I was wrong: it is mine.", by=resident_user, at=now)

    with pytest.raises(actions.ReportError, match="変わりました"):
        actions.approve(report=proposed_report, version=seen, by=supervisor, at=now)

    assert Report.objects.get().state == State.PROPOSED


def test_a_message_posted_twice_is_said_once(report, resident_user, now):
    for _ in range(2):
        actions.answer(report=report, text="One more thing.", by=resident_user, at=now)

    assert Message.objects.count() == 1
    assert AuditEvent.objects.filter(verb="report.message_sent").count() == 1


def test_an_answer_posted_twice_moves_the_case_once(asked_report, resident_user, now):
    for _ in range(2):
        actions.answer(report=asked_report, text="The one in Urawa.", by=resident_user, at=now)

    assert Report.objects.get().steps.filter(state=State.TRIAGED).count() == 2
    assert Message.objects.filter(audience=Message.Audience.SUPPORT).count() == 1


def test_the_same_words_may_be_said_again_after_others(report, resident_user, support, now):
    actions.answer(report=report, text="Any news?", by=resident_user, at=now)
    do("reply", report, support, text="Not yet.")

    actions.answer(report=report, text="Any news?", by=resident_user, at=now)

    assert Message.objects.count() == 3


def test_a_reply_tells_the_resident_and_moves_nothing(taken_report, support):
    before = Report.objects.get()

    do("reply", taken_report, support, text="We called the bank.")

    after = Report.objects.get()
    assert (after.state, after.version) == (before.state, before.version)
    assert told("report.message") == 1


def test_a_reply_on_a_case_that_changed_is_refused(taken_report, resident_user, support, now):
    seen = Report.objects.get().version
    actions.answer(report=taken_report, text="I found the letter.", by=resident_user, at=now)

    with pytest.raises(actions.ReportError):
        actions.reply(report=taken_report, version=seen, text="Send the letter.", by=support, at=now)

    assert told("report.message") == 0


def test_a_note_stays_inside_and_tells_nobody(report, support, now):
    notices = Notice.objects.count()

    actions.note(report=report, text="Called the bank, no answer.", by=support, at=now)

    assert Message.objects.get().audience == Message.Audience.STAFF
    assert Notice.objects.count() == notices
    assert AuditEvent.objects.filter(verb="report.note_written", actor=support).exists()


def test_a_note_is_kept_even_if_the_case_changed_meanwhile(report, support, colleague, now):
    do("take", report, colleague)

    actions.note(report=report, text="Called the bank.", by=support, at=now)

    assert Message.objects.count() == 1


def test_a_note_posted_twice_is_kept_once(report, support, now):
    for _ in range(2):
        actions.note(report=report, text="Called the bank.", by=support, at=now)

    assert Message.objects.count() == 1


def test_a_finished_report_takes_no_more_messages(link, resident_user, support, now):
    report = corrected(link, resident_user, support)

    with pytest.raises(actions.ReportError, match="終わっています"):
        actions.answer(report=report, text="Thank you.", by=resident_user, at=now)
    with pytest.raises(actions.ReportError, match="終わっています"):
        do("reply", report, support, text="You are welcome.")
    with pytest.raises(actions.ReportError, match="終わっています"):
        actions.note(report=report, text="Kind person.", by=support, at=now)

    assert not Message.objects.exists()


def test_a_question_must_wait_until_the_case_was_taken(report, support):
    with pytest.raises(actions.ReportError):
        do("ask_resident", report, support, text="Which branch is it?")

    assert not Message.objects.exists()
    assert told("report.needs_you") == 0


def test_what_the_institution_was_asked_stays_inside(taken_report, support):
    do("ask_institution", taken_report, support, text="Is the holder Mr Inoue?")

    message = Message.objects.get()
    assert Report.objects.get().state == State.WITH_INSTITUTION
    assert (message.audience, message.text) == (Message.Audience.STAFF, "Is the holder Mr Inoue?")


def test_the_resident_is_told_that_the_institution_was_asked(taken_report, support):
    before = Notice.objects.filter(kind="report.moved").count()

    do("ask_institution", taken_report, support, text="Whose account is it?")

    assert Notice.objects.filter(kind="report.moved").count() == before + 1


def test_nobody_asks_before_taking_the_case(report, support):
    with pytest.raises(actions.ReportError):
        do("ask_institution", report, support, text="Whose account is it?")

    assert not Message.objects.exists()
    assert Report.objects.get().state == State.RECEIVED
