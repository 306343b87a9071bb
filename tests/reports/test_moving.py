"""The core of every verb: lock, check the version, move along the table."""

import pytest

from accounts.models import AuditEvent
from notices.models import Notice
from reports import actions
from reports.clocks import next_step_by
from reports.kinds import ALLOWED, CLOSED, State
from reports.models import Report
from reports.moving import locked, locked_by_staff, move, note_down, tell_resident
from tests.factories import authority

FORBIDDEN = [(state, to) for state in State for to in State if to not in ALLOWED[state]]


@pytest.mark.parametrize(("state", "to"), FORBIDDEN)
def test_a_change_that_the_table_does_not_name_is_refused(report, support, now, state, to):
    report.state = state

    with pytest.raises(actions.ReportError, match=r"いまはこの操作ができません"):
        move(report, to, by=support, at=now)

    assert Report.objects.get().version == 1


def test_a_move_sets_state_clock_version_and_history(report, support, now, today):
    move(report, State.TRIAGED, by=support, at=now)

    kept = Report.objects.get()
    assert (kept.state, kept.version) == (State.TRIAGED, 2)
    assert kept.next_step_by == next_step_by(State.TRIAGED, kept.severity, on=today)
    assert list(kept.steps.values_list("state", "by")) == [
        (State.RECEIVED, report.filed_by_id),
        (State.TRIAGED, support.pk),
    ]


def test_an_end_has_a_time(report, resident_user, now):
    move(report, State.WITHDRAWN, by=resident_user, at=now)

    kept = Report.objects.get()
    assert kept.state in CLOSED
    assert kept.closed_at == now


def test_a_version_that_has_passed_is_refused_kindly(report):
    with pytest.raises(actions.ReportError, match="新しい内容を見てから"):
        locked(report, version=0)


def test_the_present_version_is_handed_out(report):
    assert locked(report, version=1) == report
    assert locked(report).link == report.link


def test_staff_keep_out_of_their_own_affairs(report, resident, support, now):
    resident.bindings.update(user=support)

    with pytest.raises(actions.ReportError, match="ご自分"):
        locked_by_staff(report, by=support, at=now)


def test_staff_keep_out_of_the_affairs_of_those_they_act_for(report, resident, support, now):
    authority(agent=support, subject=resident)

    with pytest.raises(actions.ReportError, match="代理"):
        locked_by_staff(report, by=support, at=now)


def test_the_trail_names_the_report_as_the_reason(report, support, now):
    note_down(report, "report.viewed", by=support, at=now)

    event = AuditEvent.objects.get(verb="report.viewed")
    assert (event.subject_kind, event.subject_id) == ("report", report.public_id)
    assert (event.purpose, event.role, event.resident) == (report.number, "support", report.resident)


def test_a_notice_is_about_the_report(report, now):
    tell_resident(report, "report.moved", at=now)

    notice = Notice.objects.get(kind="report.moved")
    assert (notice.subject_kind, notice.subject_id) == ("report", report.public_id)
