"""What the portal knows before it asks."""

from datetime import date, timedelta

from certificates.facts import Card, Registration
from certificates.known import insurance_of, known_of
from certificates.schemes import Scheme
from tests.certificates.factories import NATIONAL, SOCIETY, certificate, insurance


def test_without_an_insurance_nothing_is_known_but_the_person(resident, today):
    known = known_of(resident, insurance_of(resident), today=today)

    assert (known.scheme, known.insurance_held, known.card) == (None, False, None)
    assert known.birth_on == date(1985, 4, 2)


def test_the_insurers_record_tells_scheme_card_and_registration(resident, today):
    link = insurance(
        resident,
        NATIONAL
        | {"card_state": "lost", "card_use_registered": "1", "card_certificate_expires_on": "2027-02-28"},
    )

    known = known_of(resident, insurance_of(resident), today=today)

    assert insurance_of(resident) == link
    assert (known.scheme, known.card, known.registration) == (
        Scheme.NATIONAL,
        Card.LOST,
        Registration.REGISTERED,
    )
    assert known.card_certificate_expires_on == date(2027, 2, 28)


def test_of_a_withheld_insurance_only_that_it_is_withheld_is_known(resident, today):
    insurance(resident, NATIONAL | {"card_state": "none"}, held=True)

    known = known_of(resident, insurance_of(resident), today=today)

    assert known.insurance_held
    assert (known.scheme, known.card, known.registration) == (None, None, None)


def test_an_insurance_that_was_not_checked_yet_counts_as_under_confirmation(resident, today):
    insurance(resident, verdict="")

    assert known_of(resident, insurance_of(resident), today=today).insurance_held


def test_a_usable_insurance_goes_before_a_newer_one_that_is_withheld(resident, today):
    usable = insurance(resident, SOCIETY, linked_on=date(2020, 1, 1))
    insurance(resident, linked_on=date(2026, 1, 1), held=True)

    assert insurance_of(resident) == usable
    assert known_of(resident, usable, today=today).scheme is Scheme.SOCIETY


def test_of_two_usable_insurances_the_newer_one_counts(resident):
    insurance(resident, SOCIETY, linked_on=date(2020, 1, 1))
    newer = insurance(resident, linked_on=date(2026, 1, 1))

    assert insurance_of(resident) == newer


def test_ended_and_removed_insurances_and_other_peoples_do_not_count(resident, neighbour):
    insurance(resident, status="ended")
    insurance(resident, status="removed")
    insurance(neighbour)

    assert insurance_of(resident) is None


def test_an_insurers_number_that_is_none_leaves_the_scheme_open(resident, today):
    link = insurance(resident, NATIONAL | {"insurer_number": "111055"})

    assert known_of(resident, link, today=today).scheme is None


def test_a_valid_certificate_of_ours_is_known(resident, support, today):
    issued = certificate(resident, support)

    known = known_of(resident, insurance_of(resident), today=today)

    assert known.running_until == issued.valid_until
    later = known_of(resident, insurance_of(resident), today=issued.valid_until + timedelta(days=1))
    assert later.running_until is None
