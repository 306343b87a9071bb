import pytest

from links.review.rules.decision import TABLE
from links.review.rules.reasons import REASONS
from links.review.rules.verdict import ELEMENT_REASONS


@pytest.mark.parametrize("code", REASONS)
def test_each_reason_is_said_in_whole_sentences(code):
    for sentence in REASONS[code]:
        assert sentence[0].isupper()
        assert sentence.endswith(".")


def test_every_code_in_use_has_its_sentences_and_no_other_exists():
    used = {row.reason for row in TABLE} | set(ELEMENT_REASONS.values())
    extra = {"former_surname", "common_name", "latin_words", "former_address"}

    assert set(REASONS) == used | extra
