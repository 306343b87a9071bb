"""Periods by the Civil Code."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.documents.days import on_paper
from certificates.calendars import birthday, end_of_month, last_day, months_later

days = st.dates(date(1900, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("first_day", "expected"),
    [
        (date(2026, 12, 1), date(2031, 11, 30)),
        (date(2028, 2, 29), date(2033, 2, 28)),
        (date(2027, 3, 1), date(2032, 2, 29)),
        (date(2026, 1, 1), date(2030, 12, 31)),
    ],
)
def test_five_years_end_as_the_civil_code_says(first_day, expected):
    assert last_day(first_day, years=5) == expected


@given(days, st.integers(1, 80))
def test_a_period_of_years_is_followed_by_the_same_day_or_the_first_of_march(first_day, years):
    following = last_day(first_day, years=years) + timedelta(days=1)

    assert following.year == first_day.year + years
    assert (following.month, following.day) in {(first_day.month, first_day.day), (3, 1)}


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 8, 20), 3, date(2026, 11, 20)),
        (date(2026, 2, 28), 2, date(2026, 4, 28)),
    ],
)
def test_months_later_is_the_same_day_or_the_end_of_a_shorter_month(day, months, expected):
    assert months_later(day, months) == expected


@given(days)
def test_the_end_of_a_month_is_followed_by_a_first(day):
    following = end_of_month(day) + timedelta(days=1)

    assert following.day == 1
    assert timedelta(0) < following - day <= timedelta(days=31)


def test_a_person_of_29_february_has_a_birthday_on_1_march_in_a_common_year():
    assert birthday(date(1952, 2, 29), 75) == date(2027, 3, 1)
    assert birthday(date(1952, 2, 29), 76) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2026, 11, 23), "2026年（令和8年）11月23日"),
        (date(2019, 5, 1), "2019年（令和元年）5月1日"),
        (date(2019, 4, 30), "2019年（平成31年）4月30日"),
        (date(1989, 1, 7), "1989年（昭和64年）1月7日"),
        (date(1926, 12, 24), "1926年（大正15年）12月24日"),
        (date(1912, 7, 29), "1912年（明治45年）7月29日"),
        (date(1860, 1, 1), "1860年1月1日"),
    ],
)
def test_a_day_on_paper_has_the_era_of_that_day(day, printed):
    assert on_paper(day) == printed
