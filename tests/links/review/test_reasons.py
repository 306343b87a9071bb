"""Every code has its sentences."""

import pytest
from django.utils.translation import override

from links.evidence import DECIDING
from links.review.outcomes import ANOTHER_PERSON, KANA_ACCEPTED
from links.review.reasons import SENTENCES, sentence
from links.review.rules.decision import TABLE
from links.review.rules.reasons import REASONS as OF_THE_RULES
from links.review.signals import REASONS as OF_THE_SIGNALS


def test_rules_and_signals_have_no_code_in_common() -> None:
    assert not set(OF_THE_RULES) & set(OF_THE_SIGNALS)


def test_every_deciding_row_has_a_sentence() -> None:
    assert {row.reason for row in TABLE} <= set(SENTENCES)
    assert {KANA_ACCEPTED, *ANOTHER_PERSON} <= set(SENTENCES)


def test_every_deciding_element_belongs_to_a_code_that_exists() -> None:
    assert set(DECIDING) <= set(SENTENCES)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_residents_and_staff_each_read_a_sentence(code: str) -> None:
    with override("en"):
        sentences = [sentence(code, "resident"), sentence(code, "staff")]

    assert all(text.endswith((".", "?")) for text in sentences)


@pytest.mark.parametrize("language", ["ja", "ja-x-easy"])
@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_the_sentences_are_translated(code: str, language: str) -> None:
    with override("en"):
        english = sentence(code, "resident"), sentence(code, "staff")

    with override(language):
        translated = sentence(code, "resident"), sentence(code, "staff")

    assert not set(english) & set(translated)


def test_an_unknown_code_is_refused_loudly() -> None:
    with pytest.raises(KeyError):
        sentence("made_up", "resident")
