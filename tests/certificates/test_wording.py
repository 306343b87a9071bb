"""Nothing that the rules can say is without words."""

from hypothesis import given

from certificates.answers import PAPERS, REGISTRATIONS
from certificates.checking import Fault
from certificates.eligibility import RULES, Reason, verdict
from certificates.facts import Card
from certificates.models import Application, Certificate
from certificates.wording import ANSWERS, ENDS, FAULTS, HEADLINES, HINTS, QUESTIONS, REASONS
from tests.certificates.test_eligibility import any_facts


def test_every_rule_has_a_sentence_and_no_sentence_is_idle():
    assert set(REASONS) == {rule.code for rule in RULES}


@given(any_facts)
def test_every_verdict_has_a_headline(person):
    found = verdict(person)

    assert HEADLINES[found.kind, found.by]


def test_every_reason_of_the_rules_is_one_of_the_form():
    assert {reason.value for reason in Reason} <= set(Application.Reason.values)


def test_every_question_has_a_hint_and_its_answers_mean_something():
    assert set(QUESTIONS) == set(HINTS)
    assert set(ANSWERS["card"]) == {card.value for card in Card}
    assert set(ANSWERS["works"]) == set(REGISTRATIONS)
    assert set(ANSWERS["help"]) == {"nothing", "helper", *PAPERS}


def test_every_end_and_every_fault_has_a_sentence():
    assert set(FAULTS) == {fault.value for fault in Fault}
    assert set(ENDS) == {*Certificate.Revocation.values, "expired"}
    assert set(Certificate.Revocation.values) <= {fault.value for fault in Fault}


def test_no_sentence_is_longer_than_a_person_wants_to_read():
    sentences = [str(text) for table in (REASONS, ENDS, FAULTS, HEADLINES) for text in table.values()]

    longest = max(len(sentence) for text in sentences for sentence in text.split(". "))

    assert longest < 90
