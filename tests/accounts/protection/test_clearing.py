"""Staff look at somebody under protection only after a second person let them, and only for half an hour."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AuditEvent, Clearance, Resident
from accounts.models.clearances import LASTS, WAITS_FOR
from accounts.proposals.words import OWN_PROPOSAL
from accounts.protection import clearing, deciding
from accounts.refusal import AccountError
from tests import factories
from tests.at_once import at_once
from tests.readers import sign_in

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def hidden(resident, now) -> Resident:
    Resident.objects.filter(pk=resident.pk).update(protected=True)
    resident.refresh_from_db()
    return resident


@pytest.fixture
def asked(hidden, support, now) -> Clearance:
    return clearing.ask(resident=hidden, purpose="call", reason="Asks for a letter.", by=support, at=now)


def test_who_is_not_protected_needs_no_second_person(resident, support, now) -> None:
    clearing.require(resident, by=support, at=now)


def test_a_protected_person_is_closed_until_a_second_person_says_yes(asked, support, supervisor, now) -> None:
    with pytest.raises(AccountError, match=str(clearing.SECOND_PERSON)):
        clearing.require(asked.resident, by=support, at=now)

    clearing.let(clearance=asked, by=supervisor, at=now)

    clearing.require(asked.resident, by=support, at=now)


def test_a_child_of_the_household_is_closed_too(hidden, support, now) -> None:
    child = factories.ResidentFactory.create(household_code=hidden.household_code, birth_date="2019-05-05")

    assert not clearing.is_cleared(child, by=support, at=now)


def test_it_opens_for_whoever_asked_alone(asked, supervisor, now) -> None:
    clearing.let(clearance=asked, by=supervisor, at=now)

    assert not clearing.is_cleared(asked.resident, by=supervisor, at=now)


def test_after_half_an_hour_it_is_closed_again(asked, support, supervisor, now) -> None:
    clearing.let(clearance=asked, by=supervisor, at=now)

    assert clearing.is_cleared(asked.resident, by=support, at=now + LASTS - MINUTE)
    assert not clearing.is_cleared(asked.resident, by=support, at=now + LASTS)


def test_nobody_lets_themselves_look(hidden, supervisor, now) -> None:
    own = clearing.ask(resident=hidden, purpose="case", reason="x", by=supervisor, at=now)

    with pytest.raises(AccountError, match=str(OWN_PROPOSAL)):
        clearing.let(clearance=own, by=supervisor, at=now)


def test_support_lets_nobody_look(asked, now) -> None:
    with pytest.raises(AccountError):
        clearing.let(clearance=asked, by=factories.UserFactory.create(role="support"), at=now)


def test_whoever_acted_for_the_person_never_looks(hidden, support, supervisor, now) -> None:
    factories.authority(agent=support, subject=hidden)

    with pytest.raises(AccountError, match=str(deciding.OWN_AFFAIR)):
        clearing.ask(resident=hidden, purpose="call", reason="x", by=support, at=now)
    assert not clearing.is_cleared(hidden, by=support, at=now)


def test_a_refusal_opens_nothing(asked, support, supervisor, now) -> None:
    clearing.refuse(clearance=asked, by=supervisor, at=now)

    assert not clearing.is_cleared(asked.resident, by=support, at=now)
    with pytest.raises(AccountError):
        clearing.let(clearance=asked, by=supervisor, at=now)


def test_what_nobody_answered_in_two_hours_is_over_and_asked_anew(asked, support, supervisor, now) -> None:
    late = now + WAITS_FOR
    with pytest.raises(AccountError):
        clearing.let(clearance=asked, by=supervisor, at=late)

    clearing.ask(resident=asked.resident, purpose="call", reason="Once more.", by=support, at=late)

    assert Clearance.objects.waiting(at=late).count() == 1


def test_asked_twice_it_waits_once(asked, support, now) -> None:
    with pytest.raises(AccountError):
        clearing.ask(resident=asked.resident, purpose="call", reason="x", by=support, at=now)


def test_the_database_refuses_one_person_in_both_parts(asked, support, now) -> None:
    asked.state, asked.decided_by, asked.decided_at = Clearance.State.APPROVED, support, now

    with pytest.raises(IntegrityError), transaction.atomic():
        asked.save()


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one(asked, supervisor, now) -> None:
    other = factories.UserFactory.create(role="supervisor")

    def answer(deed, by) -> None:
        deed(clearance=Clearance.objects.get(pk=asked.pk), by=by, at=now)

    let, refuse = (lambda: answer(clearing.let, supervisor)), (lambda: answer(clearing.refuse, other))
    outcomes = at_once(let, refuse, refusal=AccountError)

    assert sum(isinstance(outcome, AccountError) for outcome in outcomes) == 1


def test_each_step_stands_in_the_person_s_trail_without_the_reason(asked, supervisor, now) -> None:
    clearing.let(clearance=asked, by=supervisor, at=now)

    rows = AuditEvent.objects.filter(resident=asked.resident).order_by("pk")
    assert [row.verb for row in rows] == ["protection.look_asked", "protection.look_allowed"]
    assert {row.purpose for row in rows} == {"counter"}


def test_whoever_acts_for_the_person_reads_nothing_of_it(asked, now) -> None:
    asked.resident.places_hidden = True

    assert not AuditEvent.objects.about(asked.resident).exists()


def test_the_second_person_decides_on_the_page_of_the_person(asked, client, supervisor) -> None:
    desk = sign_in(client, supervisor)
    url = reverse("protection:person", args=[asked.resident.public_id])

    listed = desk.get(reverse("protection:list"))
    page = desk.get(url)
    answer = desk.post(reverse("protection:answer", args=[asked.public_id, "let"]), follow=True)

    assertContains(listed, url)
    assertNotContains(listed, asked.resident.name)
    assertContains(page, asked.reason)
    assertContains(answer, "Your colleague may look for half an hour.")
    assertNotContains(answer, asked.reason)
