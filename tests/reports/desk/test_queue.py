"""The queue: what it holds and in which order."""

import datetime

import pytest
from django.db.models import Q

from reports import actions
from reports.desk.queue import Pages, cases, rows, severity_tone
from reports.kinds import Severity, State
from reports.models import Report
from tests.factories import LinkFactory
from tests.reports.factories import corrected, do, filed


def test_the_grave_case_comes_before_the_older_one(report, insurance, resident_user):
    grave = filed(insurance, resident_user)

    assert list(cases()) == [grave, report]


def test_among_equals_the_clock_that_runs_out_next_comes_first(resident, resident_user, now):
    late, soon = LinkFactory.create_batch(2, resident=resident)
    later = filed(late, resident_user)
    sooner = filed(soon, resident_user, at=now - datetime.timedelta(days=14))

    assert list(cases()) == [sooner, later]


def test_an_overdue_case_counts_as_one_step_graver(report, insurance, resident_user, today):
    link = LinkFactory.create(resident=report.resident, category="tax")
    plain = filed(link, resident_user)
    grave = filed(insurance, resident_user)
    Report.objects.filter(pk=plain.pk).update(overdue_since=today, next_step_by=today)

    assert list(cases()) == [grave, plain, report]


def test_the_queue_counts_to_a_thousand_only(report, insurance, resident_user, monkeypatch):
    filed(insurance, resident_user)
    monkeypatch.setattr("reports.desk.queue.MOST", 1)

    pages = Pages(cases(), 1)

    assert (pages.count, pages.has_more) == (1, True)


def test_closed_cases_are_not_waiting(report, insurance, resident_user, support):
    corrected(insurance, resident_user, support)

    assert list(cases()) == [report]


@pytest.mark.parametrize("state", [State.RECEIVED, State.TRIAGED])
def test_one_state_can_be_chosen(report, insurance, resident_user, support, state):
    do("take", filed(insurance, resident_user), support)

    assert {case.state for case in cases(state=state)} == {state}


def test_a_condition_can_be_added(report, insurance, resident_user):
    grave = filed(insurance, resident_user)

    assert list(cases(also=Q(link__category="health_insurance"))) == [grave]
    assert list(cases(also=Q(link__category="tax"))) == []


def test_finished_cases_come_newest_first(link, insurance, resident_user, now):
    older = filed(link, resident_user, at=now - datetime.timedelta(days=5))
    newer = filed(insurance, resident_user)
    for case in (older, newer):
        actions.withdraw(report=case, by=resident_user, at=now)

    assert list(cases(state=State.WITHDRAWN)) == [newer, older]


def test_a_row_brings_its_clock_and_tone(report, today):
    (row,) = rows(cases(), today=today)

    assert row.report == report
    assert row.clock.until == report.next_step_by
    assert row.tone == "attention"


def test_rows_are_two_queries_with_all_they_show(
    report, insurance, resident_user, support, django_assert_num_queries
):
    do("take", filed(insurance, resident_user), support)

    with django_assert_num_queries(2):
        for row in rows(cases(), today=datetime.date(2026, 11, 24)):
            _ = (row.report.link.institution.name, row.report.assignee)


@pytest.mark.parametrize("severity", Severity)
def test_every_severity_has_a_tone(severity):
    assert severity_tone(Report(severity=severity)) in {"wrong", "attention", ""}
