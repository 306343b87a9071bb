"""Still wrong: a decided report begins anew within 90 days."""

import datetime

import pytest

from accounts.models import AuditEvent
from links.models import Hold, Link
from notices.models import Notice
from reports import actions
from reports.kinds import Kind, State
from reports.models import Message, Report
from reports.progress import decision, reopen_until
from tests.reports.factories import RELEASE, corrected, do, filed
from tests.reports.other import closed, other

A_DAY = datetime.timedelta(days=1)
QUARTER = datetime.timedelta(days=90)


@pytest.fixture
def released(link, resident_user, support) -> Report:
    """A report that two people found to be no error."""
    return corrected(link, resident_user, support, **RELEASE)


def reopened(report: Report, by, at) -> Report:
    """Still wrong."""
    return actions.reopen(report=report, text="It is still there.", by=by, at=at)


def test_the_case_begins_anew_without_its_old_decision(released, resident_user, now):
    report = reopened(released, resident_user, now)

    assert (report.state, report.closed_at, report.assignee, report.cause) == (State.REOPENED, None, None, "")
    assert decision(report) is None
    assert Message.objects.get().text == "It is still there."


def test_the_record_is_stopped_again(released, link, resident_user, now):
    reopened(released, resident_user, now)

    assert Link.objects.get().held
    assert Hold.objects.active().get().reference == released.public_id


def test_a_record_that_left_the_number_is_not_stopped(link, resident_user, support, now):
    report = corrected(link, resident_user, support)

    reopened(report, resident_user, now)

    assert not Hold.objects.active().exists()


def test_it_is_written_down_and_told(released, resident_user, now):
    reopened(released, resident_user, now)

    assert AuditEvent.objects.filter(verb="report.reopened", actor=resident_user).exists()
    assert Notice.objects.filter(kind="report.reopened", subject_id=released.public_id).exists()


def test_it_is_decided_again_and_the_new_decision_counts(released, resident_user, support, supervisor, now):
    report = reopened(released, resident_user, now)
    do("take", report, support)
    do("propose", report, support, remedy="unlink", cause="same_name", reason="-", explanation="Not yours.")
    do("approve", report, supervisor)

    report.refresh_from_db()
    assert decision(report).explanation == "Not yours."
    assert Link.objects.get().was_unlinked


def test_on_the_ninetieth_day_it_can_be_opened_and_after_it_not(released, resident_user):
    end = released.closed_at + QUARTER

    assert reopen_until(released, at=end) == end
    with pytest.raises(actions.ReportError, match="再開できません"):
        reopened(released, resident_user, end + A_DAY)
    assert reopened(released, resident_user, end).is_open


def test_an_open_or_withdrawn_report_cannot_be_opened_again(report, resident_user, now):
    with pytest.raises(actions.ReportError):
        reopened(report, resident_user, now)
    actions.withdraw(report=report, by=resident_user, at=now)

    with pytest.raises(actions.ReportError):
        reopened(report, resident_user, now)


def test_where_a_newer_report_is_open_one_is_sent_there(released, link, resident_user, now):
    newer = filed(link, resident_user)

    with pytest.raises(actions.ReportError, match="進行中の申し出"):
        reopened(released, resident_user, now)
    assert [report.pk for report in Report.objects.open()] == [newer.pk]


def test_a_leak_begins_anew_without_a_word_about_the_stranger(
    resident, resident_user, support, supervisor, now
):
    report = closed(other(resident, resident_user, Kind.SAW_OTHER), support, supervisor)

    actions.reopen(report=report, text="", by=resident_user, at=now)

    assert Report.objects.get().is_open
    assert not Message.objects.exists()
