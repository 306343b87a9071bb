"""By when something must happen, in working days of Japan's public offices."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from links.working_days import is_working_day
from reports.clocks import DAYS, next_step_by, working_days_after, working_days_left
from reports.kinds import CLOSED, Severity, State

FRIDAY = datetime.date(2026, 11, 20)
DAY = st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 12, 31))


def test_a_long_weekend_is_skipped():
    after = working_days_after(FRIDAY, 1)

    assert after == datetime.date(2026, 11, 24)


def test_new_year_is_skipped():
    after = working_days_after(datetime.date(2026, 12, 28), 2)

    assert after == datetime.date(2027, 1, 5)


def test_no_working_days_is_the_day_itself():
    assert working_days_after(FRIDAY, 0) == FRIDAY


@settings(deadline=None)  # the first look at a year computes its holidays
@given(DAY, st.integers(1, 40))
def test_days_left_count_back_what_was_added(day, count):
    until = working_days_after(day, count)

    assert is_working_day(until)
    assert working_days_left(day, until) == count


@settings(deadline=None)  # the first look at a year computes its holidays
@given(DAY, DAY)
def test_later_ends_never_leave_fewer_days(today, until):
    left = working_days_left(today, until)
    left_later = working_days_left(today, until + datetime.timedelta(days=1))

    assert left_later >= left


def test_on_the_last_day_none_is_left():
    assert working_days_left(FRIDAY, FRIDAY) == 0


def test_what_ran_out_on_friday_is_one_day_over_on_the_next_working_day():
    left = working_days_left(datetime.date(2026, 11, 24), FRIDAY)

    assert left == -1


def test_a_weekend_after_the_end_is_not_yet_a_working_day_over():
    assert working_days_left(datetime.date(2026, 11, 22), FRIDAY) == 0


@pytest.mark.parametrize("state", [state for state in State if state not in CLOSED])
@pytest.mark.parametrize("severity", list(Severity))
def test_every_open_state_has_a_clock_in_the_future(state, severity):
    until = next_step_by(state, severity, on=FRIDAY)

    assert until > FRIDAY


@pytest.mark.parametrize("state", DAYS)
def test_the_graver_a_report_is_the_sooner_comes_its_next_step(state):
    days = DAYS[state]

    assert days[Severity.INSURANCE] <= days[Severity.MONEY] <= days[Severity.ORDINARY]


@pytest.mark.parametrize("state", CLOSED)
def test_a_closed_report_waits_for_nothing(state):
    assert next_step_by(state, Severity.MONEY, on=FRIDAY) == FRIDAY
