"""Issue and return: once, by somebody else, from the facts of the day, with trail and notice."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils.timezone import localdate

from accounts.models import Resident
from certificates import actions
from certificates.models import Application, Certificate
from certificates.refusal import CertificateError
from links.models import Link
from tests.certificates.factories import NATIONAL, SOCIETY, application, certificate, draft, insurance
from tests.certificates.history import told, verbs
from tests.factories import authority, bound_user


def test_a_certificate_is_issued_from_the_facts_of_today(resident, support, now, today):
    waiting = application(resident)

    issued = actions.issue(application=waiting, by=support, at=now)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by, waiting.decided_at) == ("issued", support, now)
    assert (issued.issued_on, issued.issued_by, issued.valid_until_rule) == (today, support, "insurer")
    assert issued.valid_until.month == 7
    assert issued.facts["printed"]["insurer_number"] == "00111054"
    assert verbs(resident)[-1] == "certificate.issued"
    assert told(resident) == ["certificate.received", "certificate.issued"]


def test_nothing_is_issued_while_the_insurance_is_held(resident, support, now):
    waiting = application(resident)
    Link.objects.update(held=True)

    with pytest.raises(CertificateError, match="is being checked"):
        actions.issue(application=waiting, by=support, at=now)

    assert not Certificate.objects.exists()
    assert Application.objects.open().count() == 1


def test_a_disputed_application_is_issued_once_the_insurance_is_confirmed(
    resident, resident_user, support, now
):
    insurance(resident, held=True)
    waiting = application(resident, resident_user)
    Link.objects.update(held=False)

    issued = actions.issue(application=waiting, by=support, at=now)

    assert issued.link.resident == resident


def test_nothing_is_issued_from_an_insurance_that_moved_to_another_number(resident, neighbour, support, now):
    waiting = application(resident)
    Link.objects.update(resident=neighbour)

    with pytest.raises(CertificateError, match="is being checked"):
        actions.issue(application=waiting, by=support, at=now)


def test_nothing_is_issued_that_the_rules_of_today_refuse(resident, support, now):
    waiting = application(resident)
    Link.objects.update(details=SOCIETY)

    with pytest.raises(CertificateError, match="By the facts of today"):
        actions.issue(application=waiting, by=support, at=now)


def test_an_application_is_decided_once(resident, support, supervisor, now):
    waiting = application(resident)
    actions.issue(application=waiting, by=support, at=now)

    with pytest.raises(CertificateError, match="before you"):
        actions.issue(application=waiting, by=supervisor, at=now)
    with pytest.raises(CertificateError, match="before you"):
        actions.return_application(application=waiting, reason="x", by=supervisor, at=now)

    assert Certificate.objects.count() == 1


def test_nobody_decides_an_application_of_their_own(resident, now):
    staff = bound_user(resident, role="support")
    waiting = application(resident, staff)

    with pytest.raises(CertificateError, match="of your own"):
        actions.issue(application=waiting, by=staff, at=now)


def test_nobody_decides_an_application_about_themselves_that_somebody_else_sent(
    resident, neighbour_user, now
):
    staff = bound_user(resident, role="support")
    authority(agent=neighbour_user, subject=resident)
    waiting = application(resident, neighbour_user)

    with pytest.raises(CertificateError, match="of your own"):
        actions.return_application(application=waiting, reason="x", by=staff, at=now)


def test_whose_affair_it_is_is_asked_for_the_day_of_the_decision(resident, support, now):
    waiting = application(resident)
    authority(agent=support, subject=resident, starts_on=localdate(now) + timedelta(days=1))

    with pytest.raises(CertificateError, match="of your own"):
        actions.issue(application=waiting, by=support, at=now + timedelta(days=1))

    assert actions.issue(application=waiting, by=support, at=now)


@pytest.mark.parametrize("missing", ["insurer_number", "insurer_name", "number", "qualified_on"])
def test_nothing_is_issued_from_an_incomplete_record(resident, support, now, missing):
    waiting = application(resident)
    Link.objects.update(details={key: value for key, value in NATIONAL.items() if key != missing})

    with pytest.raises(CertificateError, match="By the facts of today|lacks number"):
        actions.issue(application=waiting, by=support, at=now)


def test_a_character_that_cannot_be_drawn_stops_the_issue_and_is_named(resident, support, now):
    waiting = application(resident)
    Resident.objects.update(name="渡邉\U000e01ef　花子")

    with pytest.raises(CertificateError, match=r"U\+9089 U\+E01EF"):
        actions.issue(application=waiting, by=support, at=now)

    assert not Certificate.objects.exists()


@override_settings(CERTIFICATE_KEY="")
def test_without_a_key_nothing_is_issued(resident, support, now):
    waiting = application(resident)

    with pytest.raises(CertificateError, match="signing key is missing"):
        actions.issue(application=waiting, by=support, at=now)


def test_a_stay_that_ends_today_still_gives_a_day_and_no_more(resident, support, now, today):
    Resident.objects.update(residence_expires_on=today - timedelta(days=1))
    resident.refresh_from_db()

    issued = certificate(resident, support)

    assert (issued.valid_until, issued.valid_until_rule) == (today, "residence")


def test_a_new_certificate_replaces_the_old_one_in_the_same_moment(resident, resident_user, support, now):
    old = certificate(resident, support, resident_user)
    lost = draft(resident, resident_user, {"card": "none", "help": "lost"})
    waiting = actions.apply(draft=lost, by=resident_user, at=now)

    new = actions.issue(application=waiting, by=support, at=now)

    old.refresh_from_db()
    assert (old.revocation, old.revoked_at) == ("replaced", now)
    assert new.revoked_at is None
    assert "certificate.revoked" in verbs(resident)
    assert "certificate.revoked" not in told(resident)


def test_an_application_goes_back_with_a_reason_that_the_applicant_reads(resident, support, now):
    waiting = application(resident)

    actions.return_application(application=waiting, reason="記号がありません。", by=support, at=now)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.answer, waiting.decided_by) == ("returned", "記号がありません。", support)
    assert told(resident)[-1] == "certificate.returned"
