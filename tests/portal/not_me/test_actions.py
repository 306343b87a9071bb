"""“This was not me”: sessions end, what the notice told of is held, a case is made."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import AuditEvent, Session
from links.models import Hold, Link
from notices.actions import tell
from notices.codes import code_of
from notices.models import Notice
from portal.not_me.actions import disavow
from reports import actions as reports
from reports.clocks import working_days_after
from reports.kinds import Kind, Severity
from reports.models import Report
from reports.tasks import let_days_pass
from tests.at_once import at_once
from tests.factories import LinkFactory, ResidentFactory, bound_user
from tests.reports.factories import do, filed

HOW = {"language": "ja", "simple": False}
A_DAY = datetime.timedelta(days=1)


def warned(resident, kind: str = "sign_in.new_device", subject=("sign_in", "abc")) -> str:
    """The code of a warning."""
    notice = tell(resident_id=resident.pk, kind=kind, subject=subject, at=timezone.now())
    return code_of(notice.public_id)


def said(code: str) -> Report | None:
    """This was not me."""
    return disavow(code=code, at=timezone.now(), **HOW)


def session(user) -> Session:
    """Somebody is signed in."""
    end = timezone.now() + A_DAY
    return Session.objects.create(
        session_key=f"key-of-{user.pk}", session_data="", user=user, expire_date=end
    )


def test_about_a_sign_in_every_session_of_the_person_ends_and_no_other(
    resident, resident_user, neighbour_user
):
    session(resident_user)
    other = session(neighbour_user)

    said(warned(resident))

    assert list(Session.objects.all()) == [other]
    assert AuditEvent.objects.filter(verb="session.ended", resident=resident, actor=None).exists()


@pytest.mark.parametrize("kind", ["sign_in.changed", "authority.granted", "export.fetched", "number.opened"])
def test_about_whoever_got_in_every_record_is_hidden(resident, link, insurance, neighbours_link, kind):
    report = said(warned(resident, kind, (kind.partition(".")[0], "abc")))

    assert {hold.link for hold in Hold.objects.active()} == {link, insurance}
    assert {hold.reference for hold in Hold.objects.active()} == {report.public_id}
    neighbours_link.refresh_from_db()
    assert neighbours_link.shows_details


def test_the_case_is_the_gravest_and_waits_to_be_confirmed(resident, today):
    report = said(warned(resident))

    assert (report.kind, report.matter, report.filed_by) == (Kind.NOT_ME, "sign_in.new_device", None)
    assert report.severity == Severity.OTHER_PERSON
    assert report.unconfirmed_until == working_days_after(today, 5)
    assert AuditEvent.objects.filter(verb="report.filed", resident=resident, actor=None).exists()
    assert Notice.objects.filter(kind="report.by_code", code_digest=None).count() == 1


def test_about_a_record_that_record_is_reported_and_held(resident, link, insurance):
    report = said(warned(resident, "record.withheld", ("link", link.public_id)))

    assert (report.kind, report.link, report.filed_by) == (Kind.NOT_MINE, link, None)
    assert [hold.link for hold in Hold.objects.active()] == [link]


def test_where_the_record_is_reported_already_its_case_stays_as_it_is(resident, link, resident_user):
    first = filed(link, resident_user)

    assert said(warned(resident, "record.withheld", ("link", link.public_id))) == first
    first.refresh_from_db()
    assert first.unconfirmed_until is None


def test_about_a_withdrawn_report_its_record_is_held_again(resident, link, insurance, resident_user, now):
    report = filed(link, resident_user)
    reports.withdraw(report=report, by=resident_user, at=now)

    said(warned(resident, "report.withdrawn", ("report", report.public_id)))

    assert [hold.link for hold in Hold.objects.active()] == [link]


def test_about_a_certificate_the_insurance_is_held(resident, link, insurance):
    said(warned(resident, "certificate.issued", ("certificate", "abc")))

    assert [hold.link for hold in Hold.objects.active()] == [insurance]


def test_a_neighbours_record_is_never_held(resident, neighbours_link):
    said(warned(resident, "record.withheld", ("link", neighbours_link.public_id)))

    assert not Hold.objects.exists()


def test_a_code_works_once(resident):
    code = warned(resident)

    assert said(code) is not None
    assert said(code) is None
    assert Report.objects.count() == 1


def test_unknown_used_and_old_codes_take_the_same_steps(resident, link, django_assert_num_queries, now):
    used, old = warned(resident), warned(resident)
    said(used)
    Notice.objects.filter(code_used_at=None).update(created_at=now - 31 * A_DAY)
    before = Report.objects.count()

    for code in (used, old, "7K3M-92QX-4FTP-0BWE", "nonsense", "０" * 60):
        with django_assert_num_queries(3):  # the look between the two ends of a savepoint
            assert said(code) is None

    assert Report.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_one_code_sent_twice_at_once_makes_one_case():
    link = LinkFactory.create(resident=ResidentFactory.create())
    bound_user(link.resident)
    code = warned(link.resident)

    results = at_once(lambda: said(code), lambda: said(code))

    assert sum(result is not None for result in results) == 1
    assert Report.objects.count() == Hold.objects.count() == 1


def passed(report: Report, today: datetime.date) -> None:
    """The five working days are over."""
    Report.objects.filter(pk=report.pk).update(unconfirmed_until=today - A_DAY)


def test_after_five_working_days_the_hold_lapses_and_the_case_goes_on(resident, link, today):
    report = said(warned(resident))
    passed(report, today)

    assert let_days_pass() == 1

    assert Link.objects.get().shows_details
    assert Report.objects.get().is_open
    assert Notice.objects.filter(kind="report.hold_lapsed").exists()
    assert AuditEvent.objects.filter(verb="report.hold_lapsed", actor=None).exists()
    assert let_days_pass() == 0


def test_on_the_last_day_it_still_stands(resident, link, today):
    Report.objects.filter(pk=said(warned(resident)).pk).update(unconfirmed_until=today)

    assert let_days_pass() == 0
    assert Link.objects.get().held


def test_the_signed_in_resident_keeps_it_standing(resident, resident_user, link, now, today):
    report = said(warned(resident))
    reports.confirm(report=report, by=resident_user, at=now)

    assert AuditEvent.objects.filter(verb="report.confirmed", actor=resident_user).exists()
    assert let_days_pass() == 0
    assert Link.objects.get().held
    with pytest.raises(reports.ReportError, match="確認済み"):
        reports.confirm(report=report, by=resident_user, at=now)


def test_staff_who_take_the_case_keep_it_standing(resident, link, support):
    report = do("take", said(warned(resident)), support)

    assert report.unconfirmed_until is None
    assert Link.objects.get().held


def test_whoever_is_signed_in_cannot_take_it_back(resident, resident_user, link, now):
    report = said(warned(resident))

    with pytest.raises(reports.ReportError):
        reports.withdraw(report=report, by=resident_user, at=now)
    assert Link.objects.get().held


def test_when_it_is_closed_everything_is_free_again(resident, link, insurance, support, supervisor):
    report = do("take", said(warned(resident)), support)
    outcome = {"remedy": "nothing", "cause": "not_an_error", "reason": "-", "explanation": "It was you."}
    do("propose", report, support, **outcome)
    do("approve", report, supervisor)

    assert not Hold.objects.active().exists()
    assert not Link.objects.filter(held=True).exists()
