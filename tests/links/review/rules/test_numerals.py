import pytest

from links.review.rules.numerals import NUMERAL_RUN, as_digits, number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("四十三", 43),
        ("四三", 43),
        ("百五", 105),
        ("千二百", 1200),
        ("二千三百四十五", 2345),
        ("一〇四", 104),
    ],
)
def test_a_kanji_numeral_is_a_number(written, value):
    assert number(written) == value


def test_numerals_are_replaced_where_they_stand():
    assert NUMERAL_RUN.sub(as_digits, "五丁目二十番") == "5丁目20番"
