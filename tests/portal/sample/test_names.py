"""Names as data."""

import random
import re

import pytest

from portal.sample import names

KATAKANA = re.compile("[ァ-ヴー　]+")


@pytest.mark.parametrize(
    "table", [names.SURNAMES, names.RARE_SURNAMES, *names.MEN.values(), *names.WOMEN.values()]
)
def test_every_name_has_a_reading_in_katakana(table: list[names.Pair]):
    for name, reading in table:
        assert name
        assert KATAKANA.fullmatch(reading)


def test_every_latin_name_has_a_reading_too():
    for surname, given, sex in names.LATIN:
        assert surname[0].isascii()
        assert given[0].isascii()
        assert KATAKANA.fullmatch(surname[1])
        assert KATAKANA.fullmatch(given[1])
        assert sex in {"1", "2"}


def test_surnames_are_many_and_none_is_there_twice():
    kanji = [name for name, _reading in names.SURNAMES]

    assert len(kanji) > 100
    assert len(set(kanji)) == len(kanji)


def test_different_characters_are_read_alike_and_one_name_in_two_ways():
    readings = {reading for _name, reading in names.SURNAMES if _name in {"斎藤", "斉藤"}}
    yuko = {reading for table in names.WOMEN.values() for name, reading in table if name == "裕子"}

    assert readings == {"サイトウ"}
    assert yuko == {"ユウコ", "ヒロコ"}


@pytest.mark.parametrize(
    ("rare", "plain"), [("髙橋", "高橋"), ("山﨑", "山崎"), ("𠮷田", "吉田"), ("渡邊", "渡辺")]
)
def test_clerks_write_rare_characters_in_their_plain_form(rare: str, plain: str):
    assert rare.translate(names.PLAIN_FORMS) == plain


@pytest.mark.parametrize(
    ("year", "generation"),
    [
        (1921, 1930),
        (1949, 1930),
        (1950, 1950),
        (1989, 1970),
        (1990, 1990),
        (2009, 1990),
        (2010, 2010),
        (2026, 2010),
    ],
)
@pytest.mark.parametrize("sex", ["1", "2"])
def test_a_given_name_fits_the_year_of_birth(year: int, generation: int, sex: str):
    table = (names.MEN if sex == "1" else names.WOMEN)[generation]

    assert all(names.given_name(random.Random(seed), sex=sex, year=year) in table for seed in range(20))


def test_about_one_surname_in_twelve_is_rare():
    chance = random.Random(1)

    drawn = [names.surname(chance) for _turn in range(1200)]

    assert 60 < sum(name in names.RARE_SURNAMES for name in drawn) < 160
