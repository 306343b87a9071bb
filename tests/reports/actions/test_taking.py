"""Taking a case."""

import pytest

from accounts.models import AuditEvent
from notices.models import Notice
from reports import actions
from reports.kinds import State
from reports.models import Report
from tests.factories import UserFactory
from tests.reports.factories import do


def test_who_takes_a_case_is_in_charge_of_it(report, support):
    do("take", report, support)

    kept = Report.objects.get()
    assert (kept.state, kept.assignee) == (State.TRIAGED, support)
    assert AuditEvent.objects.filter(verb="report.moved", actor=support).exists()
    assert Notice.objects.filter(kind="report.moved", resident=kept.resident).exists()


def test_two_who_take_the_same_case_do_not_both_get_it(report, support, colleague, now):
    actions.take(report=report, version=1, by=support, at=now)

    with pytest.raises(actions.ReportError):
        actions.take(report=report, version=1, by=colleague, at=now)

    assert Report.objects.get().assignee == support


def test_a_case_is_taken_up_again_after_the_institution_answered(taken_report, support, colleague):
    do("ask_institution", taken_report, support, text="Whose account is it?")

    do("take", taken_report, colleague)

    kept = Report.objects.get()
    assert (kept.state, kept.assignee) == (State.TRIAGED, colleague)


def test_a_case_that_is_being_decided_cannot_be_taken_away(proposed_report, colleague):
    with pytest.raises(actions.ReportError, match="承認"):
        do("take", proposed_report, colleague)

    assert Report.objects.get().state == State.PROPOSED


def test_nobody_but_the_desk_takes_a_case(report):
    auditor = UserFactory.create(role="auditor")

    with pytest.raises(actions.ReportError):
        do("take", report, auditor)
