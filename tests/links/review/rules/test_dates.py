import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from links.review.rules.dates import DateError, PartialDate, is_placeholder, parse_date, read_date, readings

DAY = datetime.date(1967, 12, 20)


@pytest.mark.parametrize(
    "text",
    [
        "1967-12-20",
        "19671220",
        "1967/12/20",
        "1967.12.20",
        "1967年12月20日",
        "昭和42年12月20日",
        "昭和 42年 12月 20日",
        "昭42.12.20",
        "㍼42年12月20日",
        "S42.12.20",
        "S42/12/20",
        "S42-12-20",
        "s42.12.20",
        "S.42.12.20",
        "S42年12月20日",
        "S421220",
        "3421220",
        "5421220",
        "3-42-12-20",
        "昭和42年(1967年)12月20日",
        "昭和42年12月20日生",
        "１９６７－１２－２０",
        "Ｓ４２．１２．２０",
        "昭和四十二年十二月二十日",
        " 1967-12-20 ",
    ],
)
def test_every_form_of_a_date_is_read(text):
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1967/2/3", datetime.date(1967, 2, 3)),
        ("令和元年5月1日", datetime.date(2019, 5, 1)),
        ("平成元年1月8日", datetime.date(1989, 1, 8)),
        ("明治45年7月29日", datetime.date(1912, 7, 29)),
        ("T10.4.5", datetime.date(1921, 4, 5)),
        ("R8.10.1", datetime.date(2026, 10, 1)),
        ("1450729", datetime.date(1912, 7, 29)),
        ("2100405", datetime.date(1921, 4, 5)),
        ("4010108", datetime.date(1989, 1, 8)),
        ("5080101", datetime.date(2026, 1, 1)),
        ("7010108", datetime.date(1989, 1, 8)),
        ("9010501", datetime.date(2019, 5, 1)),
    ],
)
def test_every_era_is_read_in_every_form(text, day):
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("平成31年5月1日", datetime.date(2019, 5, 1)),
        ("昭和65年1月2日", datetime.date(1990, 1, 2)),
        ("H35.4.1", datetime.date(2023, 4, 1)),
        ("4310501", datetime.date(2019, 5, 1)),
    ],
)
def test_an_era_that_ran_over_is_read_as_the_date_it_means(text, day):
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1955-00-00", (1955, 0, 0)),
        ("1955-03-00", (1955, 3, 0)),
        ("19550000", (1955, 0, 0)),
        ("平成31年5月", (2019, 5, 0)),
        ("昭和65年", (1990, 0, 0)),
        ("1955年", (1955, 0, 0)),
    ],
)
def test_a_date_may_be_known_in_part(text, parts):
    found = parse_date(text)

    assert found == PartialDate(*parts)
    assert found.date is None
    assert read_date(text) is None


def test_a_date_that_both_tables_of_era_digits_have_keeps_both_readings():
    found = readings("5050607")

    assert [str(day) for day in found] == ["2023-06-07", "1930-06-07"]


def test_the_common_table_of_era_digits_is_read_first():
    assert str(parse_date("3100405")) == "1935-04-05"


def test_a_day_that_only_one_table_has_is_read_in_that_one():
    assert str(parse_date("5030229")) == "1928-02-29"


def test_a_reading_in_the_future_gives_way_to_the_other_one():
    latest = datetime.date(2026, 10, 1)

    assert str(parse_date("5300101", latest=latest)) == "1955-01-01"


def test_a_future_date_is_refused_where_a_limit_is_given():
    with pytest.raises(DateError, match="2027-01-01 lies in the future"):
        parse_date("2027-01-01", latest=datetime.date(2026, 10, 1))


def test_a_future_date_is_read_where_no_limit_is_given():
    assert read_date("2031-03-31") == datetime.date(2031, 3, 31)


def test_the_limit_itself_is_not_in_the_future():
    limit = datetime.date(2026, 10, 1)

    assert read_date("2026-10-01", latest=limit) == limit


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("banana", "not a date in any known form"),
        ("8010101", "not a date in any known form"),
        ("1967-12-20T00:00:00", "not a date in any known form"),
        ("2023-02-29", "2023-02 has no day 29"),
        ("1967-13-01", "no month 13"),
        ("1967-01-32", "1967-01 has no day 32"),
        ("1955-00-15", "a day but no month"),
        ("0000-00-00", "no year 0"),
        ("令和0年1月1日", "an era has no year 0"),
        ("4000101", "has no year 0"),
        ("7650101", "has no year 65"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text, reason):
    with pytest.raises(ValueError, match=reason):
        parse_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "0",
        "00000000",
        "0000-00-00",
        "0000000",
        "99999999",
        "9999-99-99",
        "9999-12-31",
        "1900-01-01",
        "不明",
    ],
)
def test_placeholders_are_known(text):
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["1967-12-20", "1900-01-02", "9010501", "1955-00-00", "banana"])
def test_what_is_no_placeholder(text):
    assert not is_placeholder(text)


@given(st.dates(datetime.date(1926, 12, 25), datetime.date(1989, 1, 7)))
def test_every_day_of_an_era_is_read_back_from_each_form(day):
    year = day.year - 1925
    forms = (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"昭和{year}年{day.month}月{day.day}日",
        f"S{year}.{day.month}.{day.day}",
        f"S{year:02}{day:%m%d}",
        f"3{year:02}{day:%m%d}",
    )

    assert {read_date(form) for form in forms} == {day}


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_none(text):
    found = read_date(text)

    assert found is None or datetime.date.min <= found <= datetime.date.max
