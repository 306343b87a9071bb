"""From an insurer's number to its scheme."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from certificates.schemes import EMPLOYEES, Scheme, UnknownInsurer, full_number, scheme_of


def number(body):
    """Return the digits with their check digit."""
    return body + luhn.calc_check_digit(body)


@pytest.mark.parametrize(
    ("insurer_number", "scheme"),
    [
        ("01040013", Scheme.KYOKAI),
        ("06139463", Scheme.SOCIETY),
        ("138057", Scheme.NATIONAL),
        ("111054", Scheme.NATIONAL),
        ("00138057", Scheme.NATIONAL),
        (number("3113041"), Scheme.MUTUAL_AID),
        (number("3911000"), Scheme.LATE_STAGE),
        (number("13303"), Scheme.NATIONAL_SOCIETY),
        (number("6713805"), Scheme.NATIONAL),
        (number("0213000"), Scheme.KYOKAI),
    ],
)
def test_an_insurers_number_tells_its_scheme(insurer_number, scheme):
    assert scheme_of(insurer_number) is scheme


def test_six_digits_are_padded_to_eight():
    assert full_number(" 138057 ") == "00138057"
    assert full_number("01040013") == "01040013"


@pytest.mark.parametrize("text", ["", "13805", "1380577", "138057a8", "１３８０５７", "-138057"])
def test_a_number_of_another_form_is_refused(text):
    with pytest.raises(UnknownInsurer, match="six or eight digits"):
        scheme_of(text)


@given(st.integers(0, 9_999_999), st.integers(1, 9))
def test_a_wrong_check_digit_is_refused(body, slip):
    right = number(f"{body:07}")
    wrong = right[:-1] + str((int(right[-1]) + slip) % 10)

    with pytest.raises(UnknownInsurer, match="check digit"):
        full_number(wrong)


def test_a_number_that_no_scheme_uses_is_refused():
    with pytest.raises(UnknownInsurer, match="No scheme"):
        scheme_of(number("9913000"))


def test_only_the_employees_schemes_have_an_employer_in_between():
    assert set(EMPLOYEES) == {Scheme.KYOKAI, Scheme.SOCIETY, Scheme.MUTUAL_AID}
