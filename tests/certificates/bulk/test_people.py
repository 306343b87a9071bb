"""Who gets a certificate without applying, and who does not, and why."""

import pytest
from django.utils import timezone

from accounts.models import Resident
from certificates.actions import revoke
from certificates.bulk.people import Due, Without, candidates, described, judged
from certificates.models import Application, Batch, Certificate
from tests.certificates.bulk.lists import insured
from tests.certificates.factories import NATIONAL, UNREGISTERED, application, certificate, ends_in, insurance

MONTHLY, RENEWALS = Batch.Kind.MONTHLY, Batch.Kind.RENEWALS
WORKS = NATIONAL | {"card_use_registered": "1"}
GRACE_OVER = WORKS | {"card_certificate_expires_on": "2020-01-01"}
EMPLOYED = {"insurer_number": "06139463", "insurer_name": "見本健康保険組合", "symbol": "07435941"}


def of_unregistered(person, support):
    """The certificate of a person whose insurer knows that the card is not registered."""
    insurance(person, UNREGISTERED)
    return certificate(person, support)


def answer(person, kind=MONTHLY):
    """Due with a reason, or why not."""
    today = timezone.localdate()
    [one] = described(candidates(kind, today=today).filter(pk=person.pk), today=today)
    found = judged(one, kind, today=today)
    return found.reason if isinstance(found, Due) else found


@pytest.mark.parametrize(
    ("details", "fields", "expected"),
    [
        (UNREGISTERED, {}, "not_registered"),
        (UNREGISTERED | EMPLOYED, {}, "not_registered"),
        (NATIONAL | {"card_state": "none"}, {}, "no_card"),
        (NATIONAL | {"card_state": "returned"}, {}, "returned"),
        (GRACE_OVER, {}, "expired"),
        (WORKS, {}, Without.NOT_DUE),
        # no source says that it does not work: nobody is asked here
        (NATIONAL | {"card_use_registered": ""}, {}, Without.NOT_DUE),
        # lost or being renewed: on application only
        (NATIONAL | {"card_state": "lost"}, {}, Without.NOT_DUE),
        (WORKS | {"insurer_number": "39111059"}, {"birth_date": "1940-01-01"}, "helper"),
        (UNREGISTERED, {"address": ""}, Without.NO_ADDRESS),
        (UNREGISTERED | {"number": ""}, {}, Without.INCOMPLETE),
        (NATIONAL | {"disqualified_on": "2026-01-01"}, {}, Without.NOT_DUE),
    ],
)
def test_only_what_sources_say_puts_somebody_on_the_list(db, details, fields, expected):
    person = insured(details, **fields)

    assert answer(person) == expected


def test_whoever_waits_for_an_answer_is_not_listed_beside_it(resident, resident_user):
    application(resident, resident_user)

    assert answer(resident) == Without.APPLIED


def test_a_held_insurance_is_not_listed(db):
    person = insured()
    person.links.update(held=True)

    assert answer(person) == Without.HELD


def test_the_dead_are_not_looked_at(db, today):
    person = insured()
    Resident.objects.filter(pk=person.pk).update(died_on=today)

    assert not candidates(MONTHLY, today=today).exists()


@pytest.mark.parametrize(("days", "expected"), [(60, "not_registered"), (61, None)])
def test_a_certificate_is_renewed_from_sixty_days_before_its_end(resident, support, today, days, expected):
    ends_in(of_unregistered(resident, support), days)

    listed = candidates(RENEWALS, today=today).filter(pk=resident.pk).exists()

    assert listed == (expected is not None)
    assert answer(resident) == Without.NOT_DUE
    if listed:
        assert answer(resident, RENEWALS) == expected


def test_somebody_whose_card_works_by_now_gets_no_renewal(resident, support):
    issued = of_unregistered(resident, support)
    ends_in(issued, 10)
    type(issued.link).objects.filter(pk=issued.link_id).update(details=WORKS)

    assert answer(resident, RENEWALS) == Without.NOT_DUE


def test_whoever_needs_a_helper_gets_the_next_one_by_itself(resident, support):
    issued = of_unregistered(resident, support)
    ends_in(issued, 10)
    Application.objects.filter(pk=issued.application_id).update(reason="helper")
    type(issued.link).objects.filter(pk=issued.link_id).update(details=WORKS)

    assert answer(resident, RENEWALS) == "helper"


def test_a_letter_that_came_back_is_not_repeated_before_the_address_changed(resident, support, now):
    issued = of_unregistered(resident, support)
    revoke(certificate=issued, why=Certificate.Revocation.LETTER_BACK, by=support, at=now)
    before = answer(resident)

    Resident.objects.filter(pk=resident.pk).update(address="東京都")

    assert (before, answer(resident)) == (Without.LETTER_BACK, "not_registered")


def test_many_are_described_in_as_many_queries_as_one(db, today, django_assert_num_queries):
    people = [insured() for _each in range(5)]

    with django_assert_num_queries(6):
        found = described(people, today=today)

    assert len(found) == 5
