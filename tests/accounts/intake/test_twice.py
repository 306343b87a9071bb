"""Finding what comes more than once."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.intake.twice import KEYS_A_QUERY, ROWS_A_WRITE, Repeat, Twice


def noted(*rows: tuple[str, str, int]) -> Twice:
    """Something that has taken note of these rows."""
    twice = Twice()
    for key, content, line in rows:
        twice.note(key, content, line)
    twice.finish()
    return twice


def test_a_key_that_came_once_is_no_repeat():
    with noted(("A1", "x", 2), ("A2", "x", 3)) as twice:
        assert twice.repeats(["A1", "A2", "A3"]) == {}


def test_equal_rows_are_told_from_rows_that_differ():
    with noted(("A1", "x", 2), ("A1", "x", 3), ("A2", "y", 4), ("A2", "z", 5)) as twice:
        assert twice.repeats(["A1", "A2"]) == {"A1": Repeat(2, differs=False), "A2": Repeat(4, differs=True)}


def test_a_key_may_be_asked_for_twice_at_once():
    with noted(("A1", "x", 2), ("A1", "y", 3)) as twice:
        assert twice.repeats(["A1", "A1"]) == {"A1": Repeat(2, differs=True)}


def test_it_knows_what_came_at_all():
    with noted(("A1", "x", 2)) as twice:
        assert twice.known(["A1", "A2"]) == {"A1"}


def test_keys_are_told_apart_exactly():
    with noted(("A1", "x", 2), ("a1", "x", 3), ("A1 ", "x", 4), ("Ａ１", "x", 5)) as twice:
        assert twice.repeats(["A1", "a1", "A1 ", "Ａ１"]) == {}


@pytest.mark.parametrize("count", [KEYS_A_QUERY - 1, KEYS_A_QUERY + 1, ROWS_A_WRITE + 1])
def test_more_keys_than_one_query_or_write_holds(count: int):
    rows = [(f"A{place}", "x", place) for place in range(count)]

    with noted(*rows, ("A0", "y", count)) as twice:
        keys = [key for key, _content, _line in rows]
        assert twice.repeats(keys) == {"A0": Repeat(0, differs=True)}
        assert twice.known(keys) == set(keys)


def test_memory_does_not_grow_with_the_rows():
    peaks = []

    for count in (ROWS_A_WRITE * 2, ROWS_A_WRITE * 8):
        tracemalloc.start()
        with Twice() as twice:
            for place in range(count):
                twice.note(f"A{place}", "x", place)
            peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] * 1.1


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("xy")), max_size=12))
def test_it_agrees_with_counting_by_hand(rows: list[tuple[str, str]]):
    with noted(*((key, content, line) for line, (key, content) in enumerate(rows))) as twice:
        repeats = twice.repeats(["A", "B", "C"])

    for key in "ABC":
        contents = [content for one, content in rows if one == key]
        assert (key in repeats) == (len(contents) > 1)
        assert key not in repeats or repeats[key].differs == (len(set(contents)) > 1)
