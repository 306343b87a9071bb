"""The habits of clerks."""

import datetime
import random

import pytest

from links.review.rules.dates import read_date
from portal.sample import notation

STYLES = ("iso", "compact", "slashed", "kanji", "dotted", "letter", "digit")
ADDRESS = "埼玉県さいたま市浦和区高砂3丁目15番4号　緑コーポ101号室"


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("iso", "2019-05-01"),
        ("compact", "20190501"),
        ("slashed", "2019/5/1"),
        ("kanji", "令和元年5月1日"),
        ("dotted", "R1.5.1"),
        ("letter", "R010501"),
        ("digit", "5010501"),
    ],
)
def test_a_day_is_written_in_every_style(style: str, written: str):
    assert notation.date(datetime.date(2019, 5, 1), style) == written


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "day", ["1919-03-03", "1926-12-25", "1955-04-01", "1989-01-07", "1989-01-08", "2019-04-30"]
)
def test_what_is_written_can_be_read_again(style: str, day: str):
    written = notation.date(datetime.date.fromisoformat(day), style)

    assert read_date(written, latest=datetime.date(2026, 10, 1)) == datetime.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("kana", "half"),
    [("ヤマダ　タロウ", "ﾔﾏﾀﾞ ﾀﾛｳ"), ("ティ　ホア", "ﾃｨ ﾎｱ"), ("パク", "ﾊﾟｸ"), ("ヴァン", "ｳﾞｧﾝ")],
)
def test_kana_becomes_half_width(kana: str, half: str):
    assert notation.half_kana(kana) == half


@pytest.mark.parametrize(
    ("name", "written"),
    [("髙橋　実", "髙橋　実"), ("𠮷田　実", "●田　実"), ("葛\U000e0100城　実", "葛城　実"), ("山﨑", "山﨑")],
)
def test_cp932_has_a_dot_for_what_it_cannot_write(name: str, written: str):
    assert notation.writable(name, "cp932") == written
    assert notation.writable(name, "utf-8") == name


def test_an_address_is_written_in_several_habits_of_the_same_place():
    written = {notation.address(ADDRESS, random.Random(seed)) for seed in range(60)}

    assert ADDRESS in written
    assert "埼玉県さいたま市浦和区高砂3-15-4　緑コーポ101号室" in written
    assert "埼玉県さいたま市浦和区高砂３－１５－４　緑コーポ１０１号室" in written
    assert "埼玉県さいたま市浦和区高砂3丁目15番4号" in written
    assert "さいたま市浦和区高砂3丁目15番4号　緑コーポ101号室" in written


@pytest.mark.parametrize("prefecture", ["東京都", "北海道", "京都府", "大阪府", "神奈川県", "埼玉県"])
def test_only_the_prefecture_is_left_out(prefecture: str):
    written = {notation.address(f"{prefecture}中央市大字北1番地", random.Random(seed)) for seed in range(60)}

    assert "中央市北1番地" in written
