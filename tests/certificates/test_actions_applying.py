"""Answer and apply: with trail and notice, and refused where no application is needed or allowed."""

from datetime import timedelta

import pytest

from accounts.models import AuditEvent, Authority
from certificates import actions
from certificates.models import Application, Draft
from certificates.refusal import CertificateError
from tests.certificates.factories import DOWNLOAD, NATIONAL, NO_CARD, SOCIETY, application, draft, insurance
from tests.certificates.history import told, verbs
from tests.factories import authority


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
    assert sent.stated == NO_CARD | DOWNLOAD
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


def test_whoever_lost_the_card_since_its_source_spoke_applies_and_two_people_look(
    resident, resident_user, now
):
    insurance(resident, NATIONAL | {"card_use_registered": "1", "card_state": "valid"})
    lost = {"card": "lost", "help": "nothing"}

    sent = actions.apply(draft=draft(resident, resident_user, lost), by=resident_user, at=now)

    assert (sent.reason, sent.state) == ("lost", "received")


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


def test_after_a_return_the_person_may_apply_again(resident, resident_user, support, now):
    waiting = application(resident, resident_user)
    actions.return_application(application=waiting, reason="x", by=support, at=now)

    again = actions.apply(draft=draft(resident, resident_user), by=resident_user, at=now)

    assert again.waits
