"""The days on which Japan's public offices work."""

import datetime

import pytest

from links.working_days import is_working_day, on_a_working_day

FRIDAY = datetime.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (datetime.date(2026, 11, 21), "Saturday"),
        (datetime.date(2026, 11, 22), "Sunday"),
        (datetime.date(2026, 11, 23), "Labour Thanksgiving Day"),
        (datetime.date(2026, 9, 22), "the day between two holidays"),
        (datetime.date(2027, 3, 22), "the substitute for a holiday on Sunday"),
        (datetime.date(2026, 12, 29), "offices close before New Year"),
        (datetime.date(2027, 1, 3), "offices are closed until 3 January"),
    ],
)
def test_offices_are_closed_on(day, why):
    assert not is_working_day(day), why


@pytest.mark.parametrize("day", [FRIDAY, datetime.date(2026, 12, 28), datetime.date(2027, 1, 4)])
def test_offices_work_on_an_ordinary_weekday(day):
    assert is_working_day(day)


def test_a_working_day_stays_what_it_is():
    assert on_a_working_day(FRIDAY) == FRIDAY


def test_what_falls_on_a_long_weekend_moves_behind_it():
    assert on_a_working_day(datetime.date(2026, 11, 21)) == datetime.date(2026, 11, 24)
