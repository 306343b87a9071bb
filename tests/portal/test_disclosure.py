"""What is told of counts says nothing of single cases: not by subtraction, not from one day to the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.disclosure import GRAIN, count, median, percent, rounded, tell, total
from portal.models import Basis

# counts go up and down by whole files as well as by single cases
HISTORIES = st.lists(st.integers(0, 60), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("exact", "published"),
    [(0, None), (1, None), (9, None), (10, 10), (19, 10), (20, 20), (11309, 11300)],
)
def test_counts_are_rounded_down_to_tens_and_small_ones_are_not_told(exact, published) -> None:
    assert rounded(exact) == published


def told(days: list[dict[str, int]]) -> list[dict[str, int | None]]:
    """What was published on each of these days, from the first on."""
    Basis.objects.all().delete()
    return [tell({code: count(cases) for code, cases in exact.items()}) for exact in days]


def one(history: list[int]) -> list[int | None]:
    """The same of a single count."""
    return [day["x"] for day in told([{"x": cases} for cases in history])]


def test_a_number_stays_until_ten_cases_changed(db) -> None:
    assert one([27, 30, 36, 37, 45, 28, 27]) == [20, 20, 20, 30, 30, 30, 20]


def test_a_count_that_grows_is_told_once_ten_cases_came(db) -> None:
    assert one([3, 10, 12, 13]) == [None, None, None, 10]


def test_what_is_not_counted_today_keeps_its_number(db) -> None:
    tell({"x": count(27), "y": count(40)})

    assert tell({"x": count(29)}) == {"x": 20}
    assert Basis.objects.get(code="y").value == 40


def test_a_median_needs_ten_cases(db) -> None:
    assert median([1] * 9).value is None
    assert median([1, 1, 2, 2, 3, 6, 7, 8, 9, 100]).value == 6


def test_a_median_changes_only_with_ten_cases(db) -> None:
    ten = [1, 1, 2, 2, 3, 6, 7, 8, 9, 100]
    tell({"m": median(ten)})

    assert tell({"m": median([*ten, *[200] * 9])}) == {"m": 6}
    assert tell({"m": median([*ten, *[200] * 10])}) == {"m": 200}


def test_totals_add_up_from_what_is_told() -> None:
    assert total([10, None, 20]) == 30
    assert total([None, None]) is None


def test_shares_are_made_of_what_is_told() -> None:
    assert percent(20, 60) == 33
    assert percent(None, 60) is None
    assert percent(20, None) is None


def test_a_share_is_never_more_than_the_whole() -> None:
    # the part was told while it was larger
    assert percent(40, 30) == 100


def test_a_basis_is_named_by_its_figure() -> None:
    assert str(Basis(code="put_right")) == "Basis of put_right"


class WhatSeveralDaysTell(TestCase):
    """Properties over random daily sequences."""

    @given(history=HISTORIES)
    def test_every_number_is_none_or_a_multiple_of_ten_near_the_truth(self, history) -> None:
        for exact, value in zip(history, one(history), strict=True):
            assert value is None or value % GRAIN == 0
            assert -GRAIN < exact - (value or 0) < 2 * GRAIN

    @given(history=HISTORIES)
    def test_another_number_means_that_ten_cases_changed(self, history) -> None:
        published = one(history)

        since = history[0]
        for day, value in enumerate(published[1:], start=1):
            if value != published[day - 1]:
                assert abs(history[day] - since) >= GRAIN
                since = history[day]

    @given(history=HISTORIES, rest=st.integers(0, GRAIN - 1))
    def test_ten_counts_stay_possible_on_every_day(self, history, rest) -> None:
        """Had it been `rest` more than the number on each day, the same would have been published."""
        published = one(history)

        assert one([(value or 0) + rest for value in published]) == published

    @given(
        days=st.lists(
            st.fixed_dictionaries({part: st.integers(0, 60) for part in "abc"}), min_size=1, max_size=6
        ),
        rests=st.fixed_dictionaries({part: st.integers(0, GRAIN - 1) for part in "abc"}),
    )
    def test_parts_totals_and_days_together_tell_no_count_below_ten(self, days, rests) -> None:
        """Whatever rests one thinks up for the parts, each by itself, all that is seen fits them."""
        published = told(days)
        totals = [total(day.values()) for day in published]

        thought_up = told([{part: (day[part] or 0) + rests[part] for part in day} for day in published])

        assert thought_up == published
        assert [total(day.values()) for day in thought_up] == totals

    @given(history=st.lists(st.integers(0, 40), min_size=2, max_size=6), day=st.integers(1, 5))
    def test_no_change_from_one_day_to_the_next_is_told_exactly(self, history, day) -> None:
        """Beside what happened there is another change of that day that would have looked the same."""
        day = min(day, len(history) - 1)
        published = one(history)
        rests = [0] * day + [5] * (len(history) - day)

        level = [value or 0 for value in published]
        other = [number + rest for number, rest in zip(level, rests, strict=True)]

        if one(other) == published:
            assert other[day] - other[day - 1] != level[day] - level[day - 1]
        else:  # it was a fall to another number: the same with the rests the other way round
            other = [number + 5 - rest for number, rest in zip(level, rests, strict=True)]
            assert one(other) == published
