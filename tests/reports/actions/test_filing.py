"""Filing a report: everything at once, or nothing."""

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent
from links.models import Change, Hold
from notices.models import Notice
from reports import actions
from reports.clocks import next_step_by
from reports.kinds import Severity, State
from reports.models import Draft, Report, Step
from tests.factories import LinkFactory, authority
from tests.reports.factories import ANSWERS, corrected, filed


def test_the_report_says_what_was_answered(link, resident_user, now):
    report = filed(link, resident_user, at=now)

    kept = Report.objects.get()
    assert kept == report
    assert {name: getattr(kept, name) for name in ANSWERS} == ANSWERS
    assert (kept.filed_by, kept.resident, kept.received_at) == (resident_user, link.resident, now)


def test_the_record_is_withheld_at_once(link, resident_user):
    report = filed(link, resident_user)

    link.refresh_from_db()
    hold = Hold.objects.get()
    assert not link.shows_details
    assert (hold.source, hold.reference, hold.lifted_at) == (Hold.Source.REPORT, report.public_id, None)
    assert Change.objects.filter(link=link, kind=Change.Kind.HELD).exists()


def test_its_history_begins(link, resident_user, now):
    report = filed(link, resident_user, at=now)

    step = Step.objects.get()
    assert (step.report, step.state, step.by, step.at) == (report, State.RECEIVED, resident_user, now)


def test_the_trail_says_who_reported(link, resident_user):
    report = filed(link, resident_user)

    event = AuditEvent.objects.get(verb="report.filed")
    assert (event.actor, event.resident, event.subject_id) == (resident_user, link.resident, report.public_id)
    assert event.purpose == report.number
    assert not event.on_behalf


def test_an_agents_report_is_marked_as_such(link, resident, neighbour_user):
    authority(agent=neighbour_user, subject=resident)

    filed(link, neighbour_user)

    assert AuditEvent.objects.get(verb="report.filed").on_behalf


def test_the_resident_is_told_once(link, resident_user):
    report = filed(link, resident_user)

    notice = Notice.objects.get(kind="report.received")
    assert (notice.resident, notice.subject_id) == (link.resident, report.public_id)


@pytest.mark.parametrize(
    ("category", "severity"),
    [
        ("health_insurance", Severity.INSURANCE),
        ("bank_account", Severity.MONEY),
        ("vaccination", Severity.ORDINARY),
    ],
)
def test_the_category_makes_it_grave_and_starts_its_clock(resident, resident_user, today, category, severity):
    link = LinkFactory.create(resident=resident, category=category)

    report = filed(link, resident_user)

    assert report.severity == severity
    assert report.next_step_by == next_step_by(State.RECEIVED, severity, on=today)


def test_the_language_and_version_are_kept(link, resident_user, now):
    report = actions.file(
        link=link, answers=ANSWERS, language="ja-x-easy", simple=True, by=resident_user, at=now
    )

    assert (report.language, report.simple) == ("ja-x-easy", True)


def test_the_draft_is_gone_once_it_was_sent(link, resident_user, now):
    actions.keep(link=link, answers=ANSWERS, by=resident_user, at=now)

    filed(link, resident_user)

    assert not Draft.objects.exists()


def test_a_second_report_of_the_record_is_the_first(link, resident_user):
    first = filed(link, resident_user)

    second = filed(link, resident_user, kind="ended")

    assert second == first
    assert second.kind == "not_mine"
    assert Report.objects.count() == Step.objects.count() == Hold.objects.count() == 1
    assert Notice.objects.filter(kind="report.received").count() == 1


def test_an_agents_second_report_is_the_residents_first(link, resident, resident_user, neighbour_user, now):
    authority(agent=neighbour_user, subject=resident)
    first = filed(link, resident_user)
    actions.keep(link=link, answers=ANSWERS, by=neighbour_user, at=now)

    second = filed(link, neighbour_user)

    assert second == first
    assert Draft.objects.get().user == neighbour_user


def test_other_records_can_be_reported_beside_it(report, insurance, resident_user):
    assert filed(insurance, resident_user) != report


def test_a_closed_report_is_not_in_the_way(link, resident_user, support):
    closed = corrected(link, resident_user, support, remedy="release", cause="not_an_error")

    again = filed(link, resident_user)

    link.refresh_from_db()
    assert again != closed
    assert link.held


def test_another_broken_promise_is_not_mistaken_for_a_second_report(link, resident_user):
    with pytest.raises(IntegrityError):
        filed(link, resident_user, reach_by="telephone", telephone="")

    assert not Hold.objects.exists()
    assert not Notice.objects.exists()


def test_what_fails_later_leaves_nothing_behind(link, resident_user, monkeypatch):
    monkeypatch.setattr("reports.actions.filing.tell_resident", lambda *words, at: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        filed(link, resident_user)

    link.refresh_from_db()
    assert not link.held
    assert not Report.objects.exists()
    assert not AuditEvent.objects.filter(verb="report.filed").exists()
