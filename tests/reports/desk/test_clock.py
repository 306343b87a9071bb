"""The clocks of the desk: by name, in working days."""

import datetime

import pytest
from django.utils.translation import override

from reports.desk.clock import NAMES, clock_of, remaining
from reports.kinds import CLOSED, State
from tests.reports.factories import corrected

# Friday before a long weekend, Tuesday after it, Wednesday
FRIDAY, TUESDAY, WEDNESDAY = (datetime.date(2026, 11, day) for day in (20, 24, 25))


def test_every_open_state_has_a_clock_with_a_name():
    assert set(NAMES) == {state for state in State if state not in CLOSED}


def test_a_clock_says_what_by_when_and_how_long(report):
    report.next_step_by = WEDNESDAY

    clock = clock_of(report, today=FRIDAY)

    assert str(clock.name) == "担当を決める"
    assert (clock.until, clock.words, clock.tone) == (WEDNESDAY, "あと2営業日", "info")


@pytest.mark.parametrize(
    ("until", "today", "tone", "words"),
    [
        (WEDNESDAY, FRIDAY, "info", "2 working days left"),
        (TUESDAY, FRIDAY, "attention", "1 working days left"),
        (FRIDAY, FRIDAY, "attention", "Today is the last day"),
        (FRIDAY, TUESDAY, "wrong", "Overdue since 1 working days"),
        (FRIDAY, datetime.date(2026, 11, 22), "wrong", "Overdue"),
        (FRIDAY, WEDNESDAY, "wrong", "Overdue since 2 working days"),
    ],
)
def test_the_words_grow_more_urgent(until, today, tone, words):
    with override("en"):
        assert remaining(until, today) == (tone, words)


def test_a_closed_case_has_no_clock(link, resident_user, support, today):
    assert clock_of(corrected(link, resident_user, support), today=today) is None
