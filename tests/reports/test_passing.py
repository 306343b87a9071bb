"""Days that pass: questions nobody answered."""

import datetime

from django.core import mail
from django.utils import timezone

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
    Report.objects.filter(pk=report.pk).update(next_step_by=today, reminded_at=report.received_at)

    assert let_days_pass() == 0


def test_an_answer_that_came_meanwhile_counts(taken_report, resident_user, support, today, now):
    report = asked(taken_report, support)
    overdue(report, today)
    actions.answer(report=report, text="Urawa.", by=resident_user, at=now)

    assert not passing.go_on_without_answer(report, at=now)


def test_who_was_asked_is_reminded_once_two_working_days_before(taken_report, support, now, today):
    report = asked(taken_report, support)
    Report.objects.filter(pk=report.pk).update(next_step_by=working_days_after(today, 2))
    Notice.objects.all().delete()

    assert let_days_pass() == 1
    assert let_days_pass() == 0

    assert Notice.objects.get().kind == "report.reminder"
    assert AuditEvent.objects.filter(verb="report.reminded", actor=None).count() == 1


def test_three_days_before_nobody_is_reminded(taken_report, support, today):
    report = asked(taken_report, support)
    Report.objects.filter(pk=report.pk).update(next_step_by=working_days_after(today, 3))

    assert let_days_pass() == 0
    assert not passing.remind(report, at=timezone.now())


def test_a_clock_that_ran_out_raises_the_case_and_supervisors_are_told_once(
    report, supervisor, support, today
):
    severity = report.severity
    Report.objects.filter(pk=report.pk).update(next_step_by=today - A_DAY)

    let_days_pass()
    let_days_pass()

    late = Report.objects.get()
    assert (late.overdue_since, late.urgency) == (today - A_DAY, severity + 1)
    (letter,) = mail.outbox[-1:]
    assert letter.to == [supervisor.email]
    assert report.number in letter.body
    assert sum("期限を過ぎた" in each.subject for each in mail.outbox) == 1
    assert AuditEvent.objects.filter(verb="report.overdue", actor=None).count() == 1


def test_that_a_clock_ends_today_is_told_once_and_that_it_ran_out_once_more(
    report, supervisor, today, time_machine, now
):
    Report.objects.filter(pk=report.pk).update(next_step_by=today)
    time_machine.move_to(now, tick=False)
    mail.outbox.clear()

    let_days_pass()
    let_days_pass()
    soon = list(mail.outbox)
    time_machine.move_to(now + A_DAY, tick=False)
    let_days_pass()
    let_days_pass()

    (first,), (second,) = soon, mail.outbox[1:]
    assert (first.to, second.to) == ([supervisor.email], [supervisor.email])
    assert report.number in first.body
    assert report.number in second.body
    assert "きょう" in first.subject
    assert "期限を過ぎた" in second.subject


def test_the_next_step_begins_a_new_clock(report, support, today):
    Report.objects.filter(pk=report.pk).update(next_step_by=today - A_DAY)
    passing.rise(report, at=timezone.now())

    do("take", report, support)

    kept = Report.objects.get()
    assert (kept.overdue_since, kept.supervisors_told_at, kept.urgency) == (None, None, kept.severity)


def test_a_case_that_is_in_time_does_not_rise(report, now):
    assert not passing.rise(report, at=now)
