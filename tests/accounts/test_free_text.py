"""Free text holds no individual number."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.free_text import LONGEST, FreeText, refuse_individual_number, without_individual_numbers

# a documented example with a right check digit; nobody's number
NUMBER = "621498320257"
WRONG_CHECK_DIGIT = "621498320258"


@pytest.mark.parametrize(
    "written",
    [
        NUMBER,
        "6214 9832 0257",
        "6214-9832-0257",
        "６２１４９８３２０２５７",
        "6214ー9832−0257",
        f"私の番号は{NUMBER}です。",
    ],
)
def test_an_individual_number_is_refused_however_it_is_written(written):
    with pytest.raises(ValidationError, match="individual number|マイナンバー"):
        refuse_individual_number(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "夫の口座です。",
        "090-1234-5678",
        WRONG_CHECK_DIGIT,
        f"1{NUMBER}",
        "2026-11-23 15:30",
        "1234567",
        f"+{NUMBER}",
    ],
)
def test_other_numbers_may_be_written(written):
    refuse_individual_number(written)

    assert without_individual_numbers(written) == written


def test_its_digits_are_covered_and_the_words_around_it_stay():
    kept = without_individual_numbers(f"番号は 6214-9832-0257 で、口座は{WRONG_CHECK_DIGIT}です")

    assert kept == f"番号は □□□□-□□□□-□□□□ で、口座は{WRONG_CHECK_DIGIT}です"


def test_of_several_numbers_every_one_is_covered():
    assert NUMBER not in without_individual_numbers(f"{NUMBER} と {NUMBER}")


@given(st.text(max_size=200))
def test_what_was_cleaned_is_never_refused(text):
    refuse_individual_number(without_individual_numbers(text))


@given(st.text(max_size=50), st.text(max_size=50))
def test_a_number_between_other_words_never_gets_through(before, after):
    kept = without_individual_numbers(f"{before} x{NUMBER}x {after}")

    assert NUMBER not in kept


def test_text_may_be_long_but_not_endless():
    field = FreeText(required=False)

    assert field.clean("あ" * LONGEST) == "あ" * LONGEST
    with pytest.raises(ValidationError):
        field.clean("あ" * (LONGEST + 1))


def test_it_is_written_on_several_lines():
    assert "<textarea" in FreeText().widget.render("text", "")
