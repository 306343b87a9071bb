import pytest

from links.review.rules.birthdays import compare_birth_dates


@pytest.mark.parametrize(
    ("registered", "claimed"),
    [
        ("1980-05-12", "S55.5.12"),
        ("昭和55年5月12日", "3550512"),
        ("1930-06-07", "5050607"),
        ("1955-00-00", "1955-01-01"),
        ("1955-03-00", "1955-03-01"),
        ("1955-00-00", "1955-00-00"),
    ],
)
def test_one_day_in_two_forms_is_equal(registered, claimed):
    assert compare_birth_dates(registered, claimed).level == "equal"


@pytest.mark.parametrize(
    ("registered", "claimed"),
    [
        ("1980-05-12", "1980-05-11"),
        ("1980-05-31", "1980-06-01"),
        ("1980-01-01", "1979-12-31"),
        ("1980-05-12", "1990-05-12"),
        ("1980-05-12", "1980-05-21"),
        ("1980-05-12", "1980-12-05"),
        ("S01.05.12", "H01.05.12"),
        ("T14.05.12", "S14.05.12"),
        ("1955-00-00", "1955-07-15"),
        ("S54.05.12", "S55.05.12"),
        ("1921-04-06", "3100405"),
    ],
)
def test_a_mistake_of_the_pen_is_a_slip(registered, claimed):
    assert compare_birth_dates(registered, claimed).level == "slip"
    assert compare_birth_dates(claimed, registered).level == "slip"


@pytest.mark.parametrize(
    ("registered", "claimed"),
    [("1980-05-12", "1951-09-30"), ("1980-05-12", "1980-07-24"), ("1955-00-00", "1956-01-01")],
)
def test_another_day_is_other(registered, claimed):
    assert compare_birth_dates(registered, claimed).level == "other"


@pytest.mark.parametrize(
    "claimed", ["", "00000000", "99999999", "1900-01-01", "1980-02-30", "不明", "banana"]
)
def test_what_is_no_day_is_missing(claimed):
    found = compare_birth_dates("1980-05-12", claimed)

    assert found == ("missing", "1980-05-12", "")


def test_both_forms_are_shown_in_one_notation():
    found = compare_birth_dates("S55.5.12", "昭和55年5月13日")

    assert found == ("slip", "1980-05-12", "1980-05-13")
