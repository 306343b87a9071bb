"""Opening a report leaves a trace that the resident can read."""

from accounts import trail
from accounts.models import AuditEvent
from reports import actions


def test_an_opened_case_is_written_down_for_report_and_record(report, support, now):
    actions.open_case(report=report, by=support, at=now)

    seen = AuditEvent.objects.filter(actor=support)
    assert set(seen.values_list("verb", "subject_kind")) == {
        ("report.viewed", "report"),
        ("record.viewed", "link"),
    }
    assert set(seen.values_list("purpose", flat=True)) == {report.number}


def test_the_resident_reads_who_looked_and_why(report, support, resident_user, now):
    actions.open_case(report=report, by=support, at=now)

    (line,) = trail.lines(
        AuditEvent.objects.on("report", report.public_id).filter(actor=support), reader=resident_user
    )
    assert report.number in line.detail
    assert support.name not in str(line.who)


def test_a_residents_own_look_names_the_report_only(report, resident_user, now):
    actions.open_report(report=report, by=resident_user, at=now)

    event = AuditEvent.objects.get(verb="report.viewed")
    assert (event.subject_id, event.on_behalf) == (report.public_id, False)
    assert not AuditEvent.objects.filter(verb="record.viewed").exists()
