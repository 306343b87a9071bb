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
from tests.certificates.factories import (
    NATIONAL,
    SOCIETY,
    UNREGISTERED,
    application,
    certificate,
    draft,
    insurance,
    issued,
    proposed,
)
from tests.certificates.history import told, verbs
from tests.factories import authority, bound_user


def test_a_certificate_is_issued_from_the_facts_of_today(resident, support, now, today):
    waiting = application(resident)

    paper = issued(waiting, support, at=now)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by, waiting.decided_at) == ("issued", support, now)
    assert (paper.issued_on, paper.issued_by, paper.valid_until_rule) == (today, support, "insurer")
    assert paper.valid_until.month == 7
    assert paper.facts["printed"]["insurer_number"] == "00111054"
    assert verbs(resident)[-1] == "certificate.issued"
    assert told(resident) == ["certificate.received", "certificate.issued"]


def test_nothing_is_issued_while_the_insurance_is_held(resident, support, now):
    waiting = application(resident)
    Link.objects.update(held=True)

    with pytest.raises(CertificateError, match="is being checked"):
        issued(waiting, support, at=now)

    assert not Certificate.objects.exists()
    assert Application.objects.open().count() == 1


def test_a_disputed_application_is_issued_once_the_insurance_is_confirmed(
    resident, resident_user, support, now
):
    insurance(resident, held=True)
    waiting = application(resident, resident_user)
    Link.objects.update(held=False)

    paper = issued(waiting, support, at=now)

    assert paper.link.resident == resident


def test_nothing_is_issued_from_an_insurance_that_moved_to_another_number(resident, neighbour, support, now):
    waiting = application(resident)
    Link.objects.update(resident=neighbour)

    with pytest.raises(CertificateError, match="is being checked"):
        issued(waiting, support, at=now)


def test_nothing_is_issued_that_the_rules_of_today_refuse(resident, support, now):
    waiting = application(resident)
    Link.objects.update(details=SOCIETY)

    with pytest.raises(CertificateError, match="By the facts of today"):
        issued(waiting, support, at=now)


def test_an_application_is_decided_once(resident, support, supervisor, now):
    waiting = application(resident)
    issued(waiting, support, at=now)

    with pytest.raises(CertificateError, match="before you"):
        issued(waiting, supervisor, at=now)
    with pytest.raises(CertificateError, match="before you"):
        actions.return_application(application=waiting, reason="x", by=supervisor, at=now)

    assert Certificate.objects.count() == 1


def test_nobody_decides_an_application_of_their_own(resident, now):
    staff = bound_user(resident, role="support")
    waiting = application(resident, staff)

    with pytest.raises(CertificateError, match="of your own"):
        issued(waiting, staff, at=now)


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
        issued(waiting, support, at=now + timedelta(days=1))

    assert issued(waiting, support, at=now)


@pytest.mark.parametrize("missing", ["insurer_number", "insurer_name", "number", "qualified_on"])
def test_nothing_is_issued_from_an_incomplete_record(resident, support, now, missing):
    waiting = application(resident)
    Link.objects.update(details={key: value for key, value in NATIONAL.items() if key != missing})

    with pytest.raises(CertificateError, match="By the facts of today|lacks number"):
        issued(waiting, support, at=now)


def test_a_character_that_cannot_be_drawn_stops_the_issue_and_is_named(resident, support, now):
    waiting = application(resident)
    Resident.objects.update(name="渡邉\U000e01ef　花子")

    with pytest.raises(CertificateError, match=r"U\+9089 U\+E01EF"):
        issued(waiting, support, at=now)

    assert not Certificate.objects.exists()


@override_settings(CERTIFICATE_KEY="")
def test_without_a_key_nothing_is_issued(resident, support, now):
    waiting = application(resident)

    with pytest.raises(CertificateError, match="signing key is missing"):
        issued(waiting, support, at=now)


def test_a_stay_that_ends_today_still_gives_a_day_and_no_more(resident, support, now, today):
    Resident.objects.update(residence_expires_on=today - timedelta(days=1))
    resident.refresh_from_db()

    issued = certificate(resident, support)

    assert (issued.valid_until, issued.valid_until_rule) == (today, "residence")


def test_a_new_certificate_replaces_the_old_one_in_the_same_moment(resident, resident_user, support, now):
    old = certificate(resident, support, resident_user)
    lost = draft(resident, resident_user, {"card": "none", "help": "lost"})
    waiting = actions.apply(draft=lost, by=resident_user, at=now)

    new = issued(waiting, support, at=now)

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


def test_what_sources_prove_is_issued_at_once_by_the_service_itself(resident, resident_user, today):
    insurance(resident, UNREGISTERED)

    sent = application(resident, resident_user)

    sent.refresh_from_db()
    assert (sent.state, sent.decided_by, sent.certificate.issued_by) == ("issued", None, None)
    assert Certificate.objects.valid(on=today).filter(resident=resident).exists()
    assert told(resident) == ["certificate.issued"]
    assert verbs(resident) == ["certificate.applied", "certificate.issued"]


@pytest.mark.parametrize(
    "changed",
    [{"card_use_registered": ""}, {"card_use_registered": "1"}, {"number": ""}],
    ids=["nobody knows", "a card that works", "incomplete"],
)
def test_what_rests_on_a_statement_or_cannot_be_made_waits_for_people(resident, resident_user, changed):
    insurance(resident, UNREGISTERED | changed)

    sent = application(resident, resident_user)

    assert sent.waits
    assert not Certificate.objects.exists()
    assert told(resident) == ["certificate.received"]


def test_a_disputed_insurance_is_never_issued_by_itself(resident, resident_user):
    insurance(resident, UNREGISTERED, held=True)

    assert application(resident, resident_user).waits


def test_one_person_alone_issues_nothing(resident, support, now):
    waiting = application(resident)

    with pytest.raises(CertificateError, match="Two people"):
        actions.issue(application=waiting, by=support, at=now)
    actions.propose(application=waiting, by=support, at=now)
    with pytest.raises(CertificateError, match="proposed this yourself"):
        actions.issue(application=waiting, by=support, at=now)

    assert not Certificate.objects.exists()
    assert "certificate.proposed" in verbs(resident)


def test_it_is_proposed_once(resident, support, now):
    waiting = proposed(application(resident))

    with pytest.raises(CertificateError, match="waits for a second person"):
        actions.propose(application=waiting, by=support, at=now)


def test_what_the_rules_refuse_is_not_even_proposed(resident, support, now):
    waiting = application(resident)
    Link.objects.update(details=SOCIETY)

    with pytest.raises(CertificateError, match="By the facts of today"):
        actions.propose(application=waiting, by=support, at=now)
