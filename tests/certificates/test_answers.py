"""Which questions are asked, and what the answers say."""

from datetime import date

import pytest

from certificates.answers import Known, facts, steps, unanswered
from certificates.facts import Card, Paper, Registration
from certificates.schemes import Scheme

TODAY = date(2026, 11, 21)


def known(**changes):
    """Return what is known of a person of 40 of whom no source says anything about a card."""
    return Known(**({"today": TODAY, "birth_on": date(1986, 5, 10), "scheme": Scheme.NATIONAL} | changes))


def test_there_are_three_questions_for_who_has_a_card_and_two_for_who_has_none():
    assert steps(known(), {}) == ["card", "help"]
    assert steps(known(), {"card": "valid"}) == ["card", "works", "help"]
    assert steps(known(), {"card": "lost"}) == ["card", "help"]


def test_what_a_source_says_is_not_asked():
    card = known(card=Card.VALID)
    unregistered = known(card=Card.VALID, registration=Registration.NOT_REGISTERED)
    all_known = known(
        card=Card.VALID, registration=Registration.REGISTERED, card_certificate_expires_on=date(2027, 1, 1)
    )

    assert steps(card, {}) == ["works", "help"]
    assert steps(unregistered, {}) == ["help"]
    assert steps(all_known, {}) == ["help"]


@pytest.mark.parametrize("gone", ["lost", "renewing", "returned"])
def test_a_card_that_is_gone_since_the_source_spoke_counts_as_gone(gone):
    card = known(card=Card.VALID, registration=Registration.REGISTERED)
    answers = {"card": gone, "help": "nothing"}

    assert steps(card, answers) == ["card", "help"]
    assert facts(card, answers).card == gone


def test_a_card_that_the_source_knows_to_be_gone_is_not_stated_to_work():
    answers = {"card": "valid", "works": "yes", "help": "nothing"}

    assert steps(known(card=Card.LOST), answers) == ["help"]
    assert facts(known(card=Card.LOST), answers).card is Card.LOST


def test_a_registered_card_may_still_have_an_expired_certificate_so_it_is_asked():
    registered = known(card=Card.VALID, registration=Registration.REGISTERED)

    assert steps(registered, {}) == ["works", "help"]


def test_the_day_is_asked_only_of_an_expired_certificate_whose_day_nobody_knows():
    expired = {"card": "valid", "works": "expired"}

    assert steps(known(), expired) == ["card", "works", "expired_on", "help"]
    assert "expired_on" not in steps(known(card_certificate_expires_on=date(2026, 1, 1)), expired)


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        ({}, "card"),
        ({"card": "valid"}, "works"),
        ({"card": "valid", "works": "expired"}, "expired_on"),
        ({"card": "none"}, "help"),
        ({"card": "none", "help": "nothing"}, None),
    ],
)
def test_the_first_question_without_an_answer_comes_next(answers, first):
    assert unanswered(known(), answers) == first


def test_an_answer_that_no_longer_matters_is_not_used():
    changed_mind = {"card": "lost", "works": "cancelled", "expired_on": "2026-01-01", "help": "nothing"}

    stated = facts(known(), changed_mind)

    assert (stated.card, stated.registration) == (Card.LOST, Registration.REGISTERED)
    assert stated.card_certificate_expires_on is None


def test_answers_become_facts():
    stated = facts(
        known(), {"card": "valid", "works": "expired", "expired_on": "2026-05-31", "help": "helper"}
    )

    assert stated.card_certificate_expires_on == date(2026, 5, 31)
    assert stated.registration is Registration.REGISTERED
    assert stated.needs_helper
    assert stated.paper is Paper.NONE


@pytest.mark.parametrize(
    ("answer", "paper"), [("good", Paper.GOOD), ("damaged", Paper.DAMAGED), ("lost", Paper.LOST)]
)
def test_the_last_question_tells_of_a_certificate_on_paper(answer, paper):
    stated = facts(known(), {"card": "none", "help": answer})

    assert stated.paper is paper
    assert not stated.needs_helper


def test_a_source_outweighs_what_was_stated():
    source = known(
        card=Card.VALID, registration=Registration.REGISTERED, card_certificate_expires_on=date(2026, 1, 1)
    )

    stated = facts(source, {"card": "none", "works": "yes", "help": "nothing"})

    assert stated.card is Card.VALID
    assert stated.card_certificate_expires_on == date(2026, 1, 1)


def test_who_has_no_employer_in_between_says_so():
    assert facts(known(), {"card": "none", "help": "nothing", "without_employer": "yes"}).without_employer
    assert not facts(known(), {"card": "none", "help": "nothing"}).without_employer
