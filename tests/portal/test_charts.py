"""Charts are drawn by the server, each with the table of its figures."""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils.translation import override

from portal.templatetags.charts import HEIGHT, WIDTH, path, share

MONDAY = datetime.date(2026, 11, 23)
DAYS = [MONDAY + datetime.timedelta(days=number) for number in range(3)]


def drawn(tag: str, **context: object) -> str:
    with override("en"):
        return Template("{% load charts %}" + tag).render(Context(context))


def counted(**values: int | None) -> list[SimpleNamespace]:
    return [SimpleNamespace(words=words, value=value) for words, value in values.items()]


@pytest.mark.parametrize(
    ("value", "largest", "length"),
    [(50, 100, 50), (100, 100, 100), (1, 100_000, 0.5), (0, 100, 0), (None, 100, 0), (5, 0, 0)],
)
def test_a_bar_is_as_long_as_its_share_of_the_largest(value, largest, length) -> None:
    assert share(value, largest) == length


def test_bars_are_a_table_in_which_every_figure_can_be_read() -> None:
    html = drawn("{% bars 'Records' 'State' rows 'too few' %}", rows=counted(Right=400, Wrong=100, Rest=None))

    assert re.findall(r'scope="row">(\w+)</th>', html) == ["Right", "Wrong", "Rest"]
    assert '<rect width="100.0"' in html
    assert '<rect width="25.0"' in html
    assert '<span class="soft">too few</span>' in html
    assert html.count("<svg") == html.count('aria-hidden="true"') == 3


def test_bars_of_nothing_are_an_empty_table() -> None:
    assert "<rect" not in drawn("{% bars 'Records' 'State' rows %}", rows=[])


def test_a_line_goes_through_its_days_from_left_to_right_and_the_largest_stands_at_the_top() -> None:
    drawn = path(DAYS, [0, 10, 20], 20)

    assert drawn == f"M0.0 {HEIGHT:.1f} L{WIDTH / 2:.1f} {HEIGHT / 2:.1f} L{WIDTH:.1f} 0.0"


def test_a_line_has_a_gap_where_nothing_is_told() -> None:
    assert path(DAYS, [10, None, 10], 10) == f"M0.0 0.0 M{WIDTH:.1f} 0.0"


def test_a_line_has_a_gap_where_days_are_missing() -> None:
    later = [MONDAY, MONDAY + datetime.timedelta(days=9)]

    assert path(later, [10, 10], 10).count("M") == 2


def test_a_line_of_nothing_is_not_drawn() -> None:
    assert path(DAYS, [None, 0, None], 0) == ""
    assert path([], [], 10) == ""


def test_lines_have_a_key_and_a_table_of_the_same_figures() -> None:
    html = drawn(
        "{% lines 'Day by day' days series 'too few' %}",
        days=DAYS,
        series=[("Found", [10, 20, 30]), ("Mended", [None, 10, 20])],
    )

    assert html.count('class="line-2"') == 2  # in the picture and in the key
    assert "The top line stands for 30." in html
    assert '<th scope="row">2026-11-23</th><td class="num">10</td><td class="num">too few</td>' in html


def test_charts_hold_no_style_of_their_own() -> None:
    both = "{% bars 'a' 'b' rows %}{% lines 'c' days series %}"

    html = drawn(both, rows=counted(x=1), days=DAYS, series=[])

    assert "style" not in html


def test_a_bar_of_shares_is_as_long_as_each_figure_is_part_of_the_whole() -> None:
    html = drawn("{% shares values %}", values=[6, 0, 3, 1])

    assert re.findall(r'x="([\d.]+)" width="([\d.]+)"', html) == [
        ("0.00", "60.00"),
        ("60.00", "0.00"),
        ("60.00", "30.00"),
        ("90.00", "10.00"),
    ]


def test_a_bar_of_nothing_is_empty() -> None:
    assert set(re.findall(r' width="([\d.]+)"', drawn("{% shares values %}", values=[0, 0]))) == {"0.00"}


def test_the_share_of_checked_records_is_said_in_figures_and_words_too() -> None:
    html = drawn("{% checked 'Our check' parts %}", parts=[(13, "yours"), (0, "unchecked"), (1, "stopped")])

    assert re.findall(r'<b class="num">(\d+)</b> (\w+)', html) == [("13", "yours"), ("1", "stopped")]
    assert 'class="part-3" x="92.86" width="7.14"' in html
    assert html.count("aria-hidden") == 3
