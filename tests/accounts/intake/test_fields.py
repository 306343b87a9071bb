"""What each cell may hold, and the plain reason why not."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.jp import in_

from accounts.intake import fields
from accounts.intake.fields import BadValue
from tests.accounts.intake.files import NUMBER, TODAY, context


def reason(reader: fields.Reader, cell: str) -> str:
    """Why the reader refuses the cell."""
    with pytest.raises(BadValue) as bad:
        reader(cell, context())
    return bad.value.reason


@pytest.mark.parametrize(
    "cell",
    [
        "751703651475",
        "7517 0365 1475",
        "7517-0365-1475",
        " 751703651475 ",
        "７５１７０３６５１４７５",
        "７５１７－０３６５－１４７５",
        "7517　0365　1475",
        "7517‐0365−1475",
    ],
)
def test_an_individual_number_is_read_through_width_spaces_and_hyphens(cell: str):
    assert fields.individual_number(cell, context()) == NUMBER


@pytest.mark.parametrize(
    "cell", ["75170365147", "7517036514755", "75170365147X", "７５１７", "-", "1.23457E+11", "²²²²²²²²²²²²"]
)
def test_an_individual_number_has_12_digits(cell: str):
    assert reason(fields.individual_number, cell) == fields.NOT_TWELVE_DIGITS


@pytest.mark.parametrize("cell", ["751703651470", "751703651474", "715703651475"])
def test_a_wrong_check_digit_of_an_individual_number_is_seen(cell: str):
    assert reason(fields.individual_number, cell) == fields.WRONG_CHECK_DIGIT


@given(st.text(alphabet="0123456789", min_size=11, max_size=11))
def test_exactly_one_last_digit_makes_a_number_right_as_stdnum_says(body: str):
    right = []

    for digit in "0123456789":
        try:
            right.append(fields.individual_number(body + digit, context()))
        except BadValue:
            continue

    assert right == [body + in_.calc_check_digit(body)]


@pytest.mark.parametrize(
    "cell",
    [
        "01040013",
        "33120015",
        "06139463",
        "06138093",
        "31130685",
        "39131156",
        "138057",
        "１３８０５７",
        "0613-9463",
    ],
)
def test_good_insurer_numbers_pass(cell: str):
    assert fields.insurer_number(cell, context()) == fields.only_digits(cell)


@pytest.mark.parametrize("cell", ["138157", "06138092", "31130683"])
def test_bad_insurer_numbers_are_seen(cell: str):
    assert reason(fields.insurer_number, cell) == fields.WRONG_INSURER_CHECK_DIGIT


@pytest.mark.parametrize("cell", ["1040013", "0", "13805", "138057000", "13805X"])
def test_an_insurer_number_has_6_or_8_digits(cell: str):
    assert reason(fields.insurer_number, cell) == fields.WRONG_INSURER


def test_a_six_digit_insurer_number_has_the_check_digit_of_its_padded_form():
    assert fields.insurer_check_digit("13805") == fields.insurer_check_digit("0013805") == "7"


@pytest.mark.parametrize(("cell", "read"), [("0001", "0001"), ("００01", "0001"), (" 0-0 01", "0001")])
def test_digits_are_read_through_width_spaces_and_hyphens(cell: str, read: str):
    assert fields.digits(4)(cell, context()) == read


@pytest.mark.parametrize("cell", ["1", "00001", "000A", "12.4", "一二三四", "1e10"])
def test_digits_must_be_as_many_as_stated(cell: str):
    assert reason(fields.digits(4), cell) == fields.WRONG_DIGITS


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("1", "1"),
        ("男", "1"),
        ("male", "1"),
        ("M", "1"),
        ("１", "1"),
        ("Ｍ", "1"),
        (" Male ", "1"),
        ("男性", "1"),
    ]
    + [("2", "2"), ("女", "2"), ("female", "2"), ("F", "2"), ("f", "2")]
    + [("9", None), ("不明", None), ("0", None), ("3", None), ("x", None)],
)
def test_sex_is_read_in_all_its_forms_and_anything_else_is_not_known(cell: str, read: str | None):
    assert fields.sex(cell, context()) == read


@pytest.mark.parametrize(
    ("cell", "read"), [("active", "active"), ("ENDED", "ended"), (" removed ", "removed")]
)
def test_a_code_of_a_list_is_read_whatever_its_width_and_case(cell: str, read: str):
    assert fields.one_of(("active", "ended", "removed"))(cell, context()) == read


@pytest.mark.parametrize("cell", ["deleted", "act ive", "1", "有効"])
def test_what_is_not_in_the_list_is_refused(cell: str):
    assert reason(fields.one_of(("active", "ended", "removed")), cell) == fields.NOT_IN_LIST


def test_an_unknown_code_may_be_kept_as_unknown_with_a_warning():
    warnings: list[str] = []
    reader = fields.known_or(("card", "unknown"), otherwise="unknown", warning="not known")

    read = [reader(cell, context(warnings)) for cell in ("card", "by telepathy", "unknown")]

    assert read == ["card", "unknown", "unknown"]
    assert warnings == ["not known"]


@pytest.mark.parametrize(("cell", "read"), [("1", True), ("0", False), ("１", True)])
def test_a_flag_is_1_or_0(cell: str, read: bool):
    assert fields.flag(cell, context()) is read


@pytest.mark.parametrize("cell", ["yes", "2", "有", "-"])
def test_a_flag_is_never_guessed_for_protection_hangs_on_it(cell: str):
    assert reason(fields.flag, cell) == fields.NOT_IN_LIST


def test_text_loses_the_space_around_it_and_what_is_kept_as_sent_does_not():
    cell = "　山田　太郎 "

    assert fields.text(20)(cell, context()) == "山田　太郎"
    assert fields.as_sent(20)(cell, context()) == cell


def test_text_that_no_column_can_hold_is_refused():
    assert reason(fields.text(5), "123456") == fields.TOO_LONG
    assert reason(fields.as_sent(5), " 12345") == fields.TOO_LONG
    assert fields.text(5)("  12345  ", context()) == "12345"


@pytest.mark.parametrize("cell", ["1", "30", "３６５"])
def test_a_whole_number_is_read(cell: str):
    assert fields.whole_number(365)(cell, context()) == int(cell)


@pytest.mark.parametrize("cell", ["0", "366", "-1x", "1.5", "many", "99999999999999999999"])
def test_a_whole_number_has_a_range(cell: str):
    assert reason(fields.whole_number(365), cell) == fields.NOT_A_NUMBER


@pytest.mark.parametrize("cell", ["BK0001", "a-b_c", "X" * 32, " BK0001 "])
def test_a_code_of_an_institution_is_read(cell: str):
    assert fields.code(cell, context()) == cell.strip()


@pytest.mark.parametrize("cell", ["BK 1", "銀行", "X" * 33, "a/b", "a.b", "ＢＫ1"])
def test_a_code_of_an_institution_has_ascii_letters_and_digits_only(cell: str):
    assert reason(fields.code, cell) == fields.NOT_A_CODE


@pytest.mark.parametrize(
    "cell",
    [
        "1967-12-20",
        "19671220",
        "1967/12/20",
        "1967年12月20日",
        "昭和42年12月20日",
        "S42.12.20",
        "S421220",
        "3421220",
        "5421220",
        "１９６７－１２－２０",
        "昭和４２年１２月２０日",
    ],
)
def test_every_form_of_date_is_read(cell: str):
    assert fields.past_date(cell, context()) == datetime.date(1967, 12, 20)


@pytest.mark.parametrize(
    ("cell", "read"),
    [("令和元年5月1日", "2019-05-01"), ("平成31年5月1日", "2019-05-01"), ("昭和65年1月1日", "1990-01-01")],
)
def test_first_years_and_eras_that_ran_over_are_read_as_the_day_they_mean(cell: str, read: str):
    assert str(fields.past_date(cell, context())) == read


@pytest.mark.parametrize("cell", ["令和元年13月1日", "2023-02-30", "20231301", "yesterday", "42", "H31.4.31"])
def test_an_impossible_date_is_refused(cell: str):
    assert reason(fields.past_date, cell) == fields.NOT_A_DATE
    assert reason(fields.any_date, cell) == fields.NOT_A_DATE


def test_today_is_no_future_and_tomorrow_is():
    assert fields.past_date("2026-10-01", context()) == TODAY
    assert reason(fields.past_date, "2026-10-02") == fields.FUTURE_DATE
    assert reason(fields.past_date, "令和8年10月2日") == fields.FUTURE_DATE
    assert reason(fields.birth_date, "20261002") == fields.FUTURE_DATE


def test_an_expiry_date_may_lie_in_the_future():
    assert fields.any_date("2031-03-31", context()) == datetime.date(2031, 3, 31)


def test_a_seven_digit_date_that_would_be_in_the_future_is_read_by_the_other_table():
    assert fields.past_date("5100101", context()) == datetime.date(1935, 1, 1)


@pytest.mark.parametrize("cell", ["0000-00-00", "00000000", "9999-12-31", "99999999", "不明"])
def test_what_old_systems_write_for_no_date_is_not_known(cell: str):
    assert fields.past_date(cell, context()) is None
    assert fields.any_date(cell, context()) is None
    assert fields.birth_date(cell, context()) is None


def test_only_a_birth_date_may_lack_month_or_day():
    assert fields.birth_date("1955-00-00", context()) == "1955-00-00"
    assert fields.birth_date("昭和30年4月", context()) == "1955-04-00"
    assert reason(fields.past_date, "1955-00-00") == fields.INCOMPLETE_DATE


def test_somebody_may_have_been_born_on_the_first_of_january_1900():
    assert fields.birth_date("1900-01-01", context()) == "1900-01-01"


@pytest.mark.parametrize("cell", ["S30.4.1", "昭和30年4月1日", "3300401", "0000-00-00", "不明", "1955-00-00"])
def test_the_holders_birth_date_is_kept_as_it_came(cell: str):
    assert fields.birth_date_as_sent(f" {cell} ", context()) == cell


def test_the_holders_birth_date_must_be_possible():
    assert reason(fields.birth_date_as_sent, "1955-13-01") == fields.NOT_A_DATE
    assert reason(fields.birth_date_as_sent, "2027-01-01") == fields.FUTURE_DATE


READERS = {
    "individual_number": fields.individual_number,
    "insurer_number": fields.insurer_number,
    "digits": fields.digits(7),
    "one_of": fields.one_of(("A", "B")),
    "flag": fields.flag,
    "sex": fields.sex,
    "text": fields.text(10),
    "as_sent": fields.as_sent(10),
    "whole_number": fields.whole_number(10),
    "code": fields.code,
    "past_date": fields.past_date,
    "any_date": fields.any_date,
    "birth_date": fields.birth_date,
    "birth_date_as_sent": fields.birth_date_as_sent,
}


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=50)
@given(
    cell=st.text(min_size=1, max_size=30)
    | st.text(alphabet="0123456789０９.-/年月日元昭和SHR 　", min_size=1, max_size=15)
)
def test_any_cell_is_read_or_refused_with_a_reason(name: str, cell: str):
    refusal = "."

    try:
        READERS[name](cell, context())
    except BadValue as bad:
        refusal = bad.reason

    assert refusal.endswith(".")
