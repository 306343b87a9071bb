"""The resident takes a report back."""

import pytest

from accounts.models import AuditEvent
from links.models import Hold
from links.review import settle
from notices.models import Notice
from reports import actions
from reports.kinds import State
from reports.models import Report
from tests.reports.factories import filed


def test_a_withdrawn_report_is_closed_without_a_decision(report, resident_user, now):
    actions.withdraw(report=report, by=resident_user, at=now)

    kept = Report.objects.get()
    assert (kept.state, kept.closed_at, kept.cause) == (State.WITHDRAWN, now, "")


def test_the_record_is_free_again(report, link, resident_user, now):
    actions.withdraw(report=report, by=resident_user, at=now)

    link.refresh_from_db()
    assert link.shows_details
    assert Hold.objects.get().lifted_by == resident_user


def test_what_the_review_withheld_stays_withheld(link, resident_user, now):
    settle.withhold([link.pk], source=Hold.Source.REVIEW, by=None, at=now)
    report = filed(link, resident_user)

    actions.withdraw(report=report, by=resident_user, at=now)

    link.refresh_from_db()
    assert link.held


def test_it_is_written_down_and_told(report, resident_user, now):
    actions.withdraw(report=report, by=resident_user, at=now)

    assert AuditEvent.objects.filter(verb="report.withdrawn", actor=resident_user).exists()
    assert Notice.objects.filter(kind="report.withdrawn", subject_id=report.public_id).exists()


def test_withdrawn_twice_is_refused_once(report, resident_user, now):
    actions.withdraw(report=report, by=resident_user, at=now)

    with pytest.raises(actions.ReportError, match="取り下げました"):
        actions.withdraw(report=report, by=resident_user, at=now)

    assert Notice.objects.filter(kind="report.withdrawn").count() == 1


def test_what_is_being_decided_cannot_be_withdrawn(proposed_report, link, resident_user, now):
    with pytest.raises(actions.ReportError):
        actions.withdraw(report=proposed_report, by=resident_user, at=now)

    link.refresh_from_db()
    assert link.held


def test_afterwards_it_can_be_reported_again(report, link, resident_user, now):
    actions.withdraw(report=report, by=resident_user, at=now)

    again = filed(link, resident_user)

    assert again != report
    assert again.is_open
