"""Apply, issue, return, revoke, download: with trail and notice, and refused where they must be."""

from datetime import timedelta

import pytest
from django.test import override_settings

from accounts.models import AuditEvent, Authority, Resident
from certificates import actions
from certificates.models import Application, Certificate, Draft
from certificates.refusal import CertificateError
from links.models import Link
from notices.models import Notice
from tests.certificates.factories import NATIONAL, SOCIETY, application, certificate, draft, insurance
from tests.factories import authority, bound_user


def verbs(resident):
    """What the trail says was done about the person, oldest first."""
    return list(AuditEvent.objects.filter(resident=resident).order_by("id").values_list("verb", flat=True))


def told(resident):
    """What the person was told, oldest first."""
    return list(Notice.objects.filter(resident=resident).order_by("id").values_list("kind", flat=True))


def test_answers_are_kept_on_the_server_one_by_one(resident, resident_user, now):
    actions.answer(resident=resident, step="card", value="none", by=resident_user, at=now)
    actions.answer(resident=resident, step="help", value="nothing", by=resident_user, at=now)
    actions.answer(resident=resident, step="card", value="lost", by=resident_user, at=now)

    assert Draft.objects.get().answers == {"card": "lost", "help": "nothing"}


def test_two_people_who_answer_for_the_same_person_keep_their_own_answers(
    resident, resident_user, neighbour_user, now
):
    actions.answer(resident=resident, step="card", value="none", by=resident_user, at=now)
    actions.answer(resident=resident, step="card", value="lost", by=neighbour_user, at=now)

    assert Draft.objects.get(user=resident_user).answers == {"card": "none"}


def test_an_application_states_the_reason_that_the_rules_give(resident, resident_user, now, today):
    link = insurance(resident)

    sent = actions.apply(draft=draft(resident, resident_user), by=resident_user, at=now)

    assert (sent.reason, sent.link, sent.applicant, sent.disputed) == ("no_card", link, resident_user, False)
    assert sent.next_step_by == today + timedelta(days=7)
    assert sent.stated == {"card": "none", "help": "nothing"}
    assert not Draft.objects.exists()
    assert verbs(resident) == ["certificate.applied"]
    assert told(resident) == ["certificate.received"]


def test_a_held_insurance_is_taken_and_marked_as_disputed(resident, resident_user, now):
    insurance(resident, held=True)

    sent = actions.apply(draft=draft(resident, resident_user), by=resident_user, at=now)

    assert (sent.disputed, sent.reason) == (True, "under_confirmation")


def test_a_second_application_leads_to_the_first(resident, resident_user, now):
    application(resident, resident_user)

    with pytest.raises(CertificateError, match="already an application"):
        actions.apply(draft=draft(resident, resident_user), by=resident_user, at=now)

    assert Application.objects.count() == 1
    assert Draft.objects.count() == 1


def test_nobody_applies_before_the_questions_are_answered(resident, resident_user, now):
    insurance(resident)

    with pytest.raises(CertificateError, match="answer the questions"):
        actions.apply(draft=draft(resident, resident_user, {"card": "none"}), by=resident_user, at=now)


def test_nobody_applies_without_any_insurance(resident, resident_user, now):
    with pytest.raises(CertificateError, match="answer the questions"):
        actions.apply(draft=draft(resident, resident_user), by=resident_user, at=now)


def test_nobody_applies_whose_card_works(resident, resident_user, now):
    insurance(resident, NATIONAL | {"card_use_registered": "1"})
    works = {"card": "valid", "works": "yes", "help": "nothing"}

    with pytest.raises(CertificateError, match="no application is needed"):
        actions.apply(draft=draft(resident, resident_user, works), by=resident_user, at=now)


def test_an_employee_applies_through_the_employer(resident, resident_user, now):
    insurance(resident, SOCIETY)

    with pytest.raises(CertificateError, match="no application is needed"):
        actions.apply(draft=draft(resident, resident_user), by=resident_user, at=now)


def test_an_employee_without_employer_applies_here(resident, resident_user, now):
    insurance(resident, SOCIETY)
    answers = {"card": "lost", "help": "nothing", "without_employer": "yes"}

    sent = actions.apply(draft=draft(resident, resident_user, answers), by=resident_user, at=now)

    assert sent.reason == "lost"


def test_an_agent_whose_authority_ended_applies_no_more(resident, neighbour_user, now):
    insurance(resident)
    authority(agent=neighbour_user, subject=resident)
    begun = draft(resident, neighbour_user)
    Authority.objects.update(ended_at=now)

    with pytest.raises(CertificateError, match="may not act"):
        actions.apply(draft=begun, by=neighbour_user, at=now)


def test_what_an_agent_does_is_marked_in_the_trail(resident, neighbour_user, now):
    insurance(resident)
    authority(agent=neighbour_user, subject=resident)

    actions.apply(draft=draft(resident, neighbour_user), by=neighbour_user, at=now)

    assert AuditEvent.objects.get(verb="certificate.applied").on_behalf


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


def test_after_a_return_the_person_may_apply_again(resident, resident_user, support, now):
    waiting = application(resident, resident_user)
    actions.return_application(application=waiting, reason="x", by=support, at=now)

    again = actions.apply(draft=draft(resident, resident_user), by=resident_user, at=now)

    assert again.waits


def test_a_revoked_certificate_is_told_of_and_revoked_once(resident, support, now):
    issued = certificate(resident, support)

    actions.revoke(certificate=issued, why=Certificate.Revocation.RETURNED, by=support, at=now)
    with pytest.raises(CertificateError, match="ended before"):
        actions.revoke(certificate=issued, why=Certificate.Revocation.RETURNED, by=support, at=now)

    assert told(resident).count("certificate.revoked") == 1


def test_a_download_is_the_same_each_time_and_noted_each_time(resident, resident_user, support, now):
    issued = certificate(resident, support, resident_user)

    first = actions.download(certificate=issued, by=resident_user, at=now)
    second = actions.download(certificate=issued, by=resident_user, at=now)

    assert first == second
    assert first.startswith(b"%PDF-")
    assert verbs(resident).count("certificate.downloaded") == 2


def test_a_download_never_shows_old_data(resident, resident_user, support, now):
    issued = certificate(resident, support, resident_user)
    Resident.objects.update(name="見本　花")

    with pytest.raises(CertificateError, match="not valid any more"):
        actions.download(certificate=issued, by=resident_user, at=now)

    assert "certificate.downloaded" not in verbs(resident)


def test_that_staff_looked_at_an_application_is_recorded_with_its_number(resident, support, now):
    waiting = application(resident)

    actions.look_at(application=waiting, by=support, at=now)

    event = AuditEvent.objects.get(verb="certificate.application_viewed")
    assert (event.actor, event.role, event.purpose) == (support, "support", waiting.number)
