"""A case goes into other hands."""

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from reports import actions
from reports.models import Report
from tests import factories
from tests.reports.factories import corrected, do


def test_a_case_given_to_a_colleague_and_a_team_stays_where_it_stands(taken_report, support, colleague):
    do("assign", taken_report, support, to=colleague, team="money")

    kept = Report.objects.get()
    assert (kept.assignee, kept.team, kept.state) == (colleague, "money", taken_report.state)
    assert AuditEvent.objects.filter(verb="report.assigned", actor=support).exists()


def test_a_case_can_be_given_back_to_nobody(taken_report, support):
    do("assign", taken_report, support, to=None, team="")

    assert Report.objects.get().assignee is None


def test_a_page_of_before_changes_nothing(taken_report, support, colleague):
    with pytest.raises(actions.ReportError, match="読んでいる間に"):
        actions.assign(report=taken_report, version=1, to=colleague, team="", by=support, at=timezone.now())


@pytest.mark.parametrize("role", ["", "auditor", "officer"])
def test_only_who_works_on_cases_gets_one(taken_report, support, role):
    with pytest.raises(actions.ReportError, match="担当できません"):
        do("assign", taken_report, support, to=factories.UserFactory.create(role=role), team="")


def test_nobody_gets_a_case_about_themselves(taken_report, support, colleague):
    factories.authority(agent=colleague, subject=taken_report.resident)

    with pytest.raises(actions.ReportError, match="別の職員"):
        do("assign", taken_report, support, to=colleague, team="")


def test_an_auditor_gives_nothing_to_anybody(taken_report, colleague):
    with pytest.raises(actions.ReportError):
        do("assign", taken_report, factories.UserFactory.create(role="auditor"), to=colleague, team="")


def test_a_finished_case_goes_to_nobody(link, resident_user, support, colleague):
    with pytest.raises(actions.ReportError):
        do("assign", corrected(link, resident_user, support), support, to=colleague, team="")
