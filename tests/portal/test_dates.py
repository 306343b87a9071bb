"""Dates as people read them."""

import datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.templatetags.dates import japanese_date, japanese_moment


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ja", "2026年11月23日（令和8年）"),
        ("ja-x-easy", "2026年 11月 23日（令和 8年）"),
        ("en", "23 November 2026 (Reiwa 8)"),
    ],
)
def test_a_day_is_written_in_the_readers_language_with_the_era_beside_it(language, expected):
    day = datetime.date(2026, 11, 23)

    with override(language):
        written = japanese_date(day)

    assert written == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (datetime.date(2019, 5, 1), "2019年5月1日（令和元年）"),
        (datetime.date(2019, 4, 30), "2019年4月30日（平成31年）"),
        (datetime.date(1989, 1, 8), "1989年1月8日（平成元年）"),
        (datetime.date(1989, 1, 7), "1989年1月7日（昭和64年）"),
        (datetime.date(1926, 12, 25), "1926年12月25日（昭和元年）"),
        (datetime.date(1926, 12, 24), "1926年12月24日（大正15年）"),
        (datetime.date(1912, 7, 30), "1912年7月30日（大正元年）"),
        (datetime.date(1912, 7, 29), "1912年7月29日（明治45年）"),
        (datetime.date(1944, 3, 2), "1944年3月2日（昭和19年）"),
    ],
)
def test_an_era_begins_on_its_first_day_and_its_first_year_is_gannen(day, expected):
    with override("ja"):
        written = japanese_date(day)

    assert written == expected


def test_a_day_before_meiji_is_written_without_an_era():
    day = datetime.date(1850, 1, 1)

    with override("ja"):
        japanese = japanese_date(day)
    with override("en"):
        english = japanese_date(day)

    assert japanese == "1850年1月1日"
    assert english == "1 January 1850"


def test_a_moment_is_written_as_the_day_it_is_in_japan():
    late_in_london = datetime.datetime(2026, 3, 31, 15, 5, tzinfo=datetime.UTC)

    with override("ja"):
        day = japanese_date(late_in_london)
        moment = japanese_moment(late_in_london)

    assert day == "2026年4月1日（令和8年）"
    assert moment == "2026年4月1日（令和8年） 0:05"


def test_a_naive_moment_is_taken_as_it_stands():
    naive = datetime.datetime(2026, 4, 1, 9, 30)

    with override("en"):
        written = japanese_moment(naive)

    assert written == "1 April 2026 (Reiwa 8) 9:30"


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_date_is_written_as_nothing(nothing):
    assert japanese_date(nothing) == ""
    assert japanese_moment(nothing) == ""


def test_templates_write_dates_with_the_filter():
    template = Template("{% load dates %}{{ day|japanese_date }}")

    with override("ja"):
        html = template.render(Context({"day": datetime.date(2026, 11, 23)}))

    assert html == "2026年11月23日（令和8年）"


@given(st.dates(min_value=datetime.date(1868, 1, 25), max_value=datetime.date(2099, 12, 31)))
def test_every_day_keeps_its_western_year_month_and_day_and_has_an_era(day):
    with override("ja"):
        written = japanese_date(day)

    assert written.startswith(f"{day.year}年{day.month}月{day.day}日（")
    assert written.endswith("年）")
