"""Days that pass: questions nobody answered."""

import datetime

from accounts.models import AuditEvent
from notices.models import Notice
from reports import actions, passing
from reports.clocks import working_days_after
from reports.kinds import State
from reports.models import Report
from reports.tasks import let_days_pass
from tests.reports.factories import do

A_DAY = datetime.timedelta(days=1)


def asked(report: Report, support, **words: object) -> Report:
    """Support asked the resident."""
    return do("ask_resident", report, support, text="Which branch is it?", **words)


def overdue(report: Report, today: datetime.date) -> None:
    """The day for the answer was yesterday."""
    Report.objects.filter(pk=report.pk).update(next_step_by=today - A_DAY)


def test_a_question_has_the_days_that_support_gives_it(taken_report, support, today):
    report = asked(taken_report, support, days=5)

    assert report.next_step_by == working_days_after(today, 5)


def test_without_an_answer_checking_goes_on_and_the_resident_is_told(taken_report, support, today):
    overdue(asked(taken_report, support), today)
    Notice.objects.all().delete()

    assert let_days_pass() == 1

    assert Report.objects.get().state == State.TRIAGED
    assert Notice.objects.get().kind == "report.moved"
    assert AuditEvent.objects.filter(verb="report.moved", actor=None).exists()


def test_on_the_last_day_the_answer_is_still_awaited(taken_report, support, today):
    report = asked(taken_report, support)
    Report.objects.filter(pk=report.pk).update(next_step_by=today)

    assert let_days_pass() == 0


def test_an_answer_that_came_meanwhile_counts(taken_report, resident_user, support, today, now):
    report = asked(taken_report, support)
    overdue(report, today)
    actions.answer(report=report, text="Urawa.", by=resident_user, at=now)

    assert not passing.go_on_without_answer(report, at=now)
