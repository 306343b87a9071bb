"""Dates in every form that registers and institutions use."""

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from links.review.rules.numerals import NUMERAL_RUN, as_digits
from links.review.rules.text import clean

# the year before the first one of each era
ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
ERA_NAMES = {name: before for era, before in ERAS.items() for name in (era, era[0])}
ERA_LETTERS = dict(zip("MTSHR", ERAS.values(), strict=True))
ERA_DIGITS = dict(zip("12345", ERAS.values(), strict=True))
# the other table of era digits; in it only years that the era really had are read
OTHER_ERA_DIGITS = dict(zip("13579", ERAS.values(), strict=True))
LAST_YEARS = {1867: 45, 1911: 15, 1925: 64, 1988: 31, 2018: 99}
REIWA_BEFORE = 2018
# without a limit given, a later year of Reiwa is taken for one of Shōwa in the other table
PLAUSIBLE_YEARS_OF_REIWA = 30

SEPARATED = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
KANJI = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
ERA = "(明治|大正|昭和|平成|令和|[明大昭平令MTSHR])"
ERA_KANJI = re.compile(rf"{ERA}\.?(\d{{1,2}})年(?:(\d{{1,2}})月(?:(\d{{1,2}})日)?)?")
ERA_DOTTED = re.compile(rf"{ERA}\.?(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})")
ERA_PLAIN = re.compile(r"([MTSHR])(\d{2})(\d{2})(\d{2})")
DIGIT_PLAIN = re.compile(r"([1-579])(?:(\d{2})(\d{2})(\d{2})|[-/.](\d{1,2})[-/.](\d{1,2})[-/.](\d{1,2}))")
# the same year in the other calendar, 昭和55年(1980年)5月12日, and what some forms print behind a day
BESIDE = re.compile(r"\([^()]*\)|生まれ$|生$")
PLACEHOLDER = re.compile(
    r"0[0\-/.年月日]*|9999?[9\-/.年月日]*|(?:1900|(?:明治?|M|1)[-/.]?33)[-/.年]?0?1[-/.月]?0?1日?"
    r"|9999[-/.]?12[-/.]?31|不明|不詳|[-*]+|"
)
DASHES = str.maketrans("‐‑‒–—―−ー。・．", "-------" + "-...")


class DateError(ValueError):
    """A text that is not a date; the message says in plain English what is wrong with it."""


class PartialDate(NamedTuple):
    """A day, or as much of it as is known: month and day are 0 where they are not."""

    year: int
    month: int
    day: int

    @property
    def date(self) -> datetime.date | None:
        """The day, or None where month or day is not known."""
        return datetime.date(*self) if self.month and self.day else None

    def __str__(self) -> str:
        """ISO form, with 00 for what is not known."""
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


@lru_cache(maxsize=1 << 16)
def is_placeholder(text: str) -> bool:
    """True for empty and for what systems write in place of a day: 0000-00-00, 99999999, 1900-01-01, 不明."""
    return PLACEHOLDER.fullmatch(_plain(text)) is not None


def read_date(text: str, *, latest: datetime.date | None = None) -> datetime.date | None:
    """The day that the text means, or None where it is missing, impossible or only partly known."""
    try:
        return parse_date(text, latest=latest).date
    except DateError:
        return None


def parse_date(text: str, *, latest: datetime.date | None = None) -> PartialDate:
    """The day that the text means; raises DateError where it is none, or later than `latest`.

    Placeholders are not special here: ask `is_placeholder` first where they mean "missing".
    """
    found = readings(text)
    possible = [day for day in found if latest is None or not _is_after(day, latest)]
    if not possible:
        raise DateError(f"the date {found[0]} lies in the future")
    return possible[0]


@lru_cache(maxsize=1 << 16)
def readings(text: str) -> tuple[PartialDate, ...]:
    """Every day that the text can mean, the likeliest first: two where both era-digit tables fit.

    Raises DateError where it is no day at all.
    """
    plain = _plain(text)
    if not plain:
        raise DateError("the date is empty")
    if digits := DIGIT_PLAIN.fullmatch(plain):
        return _by_era_digit(*filter(None, digits.groups()))
    return (_checked(*_fields(plain)),)


def _plain(text: str) -> str:
    """The text in capitals, with ASCII digits and separators and without spaces."""
    plain = clean(text).upper().replace(" ", "").translate(DASHES).replace("元", "1")
    return plain if plain.isascii() else NUMERAL_RUN.sub(as_digits, BESIDE.sub("", plain))


def _fields(plain: str) -> tuple[int, int, int]:
    """Year, month and day as written, unchecked; month and day 0 where left out."""
    for form in (SEPARATED, PLAIN, KANJI):
        if found := form.fullmatch(plain):
            year, month, day = (int(field or 0) for field in found.groups())
            return year, month, day
    for form in (ERA_KANJI, ERA_DOTTED, ERA_PLAIN):
        if found := form.fullmatch(plain):
            era, *numbers = found.groups()
            year, month, day = (int(field or 0) for field in numbers)
            return _year_of(era, year), month, day
    raise DateError("this is not a date in any known form")


def _year_of(era: str, year: int) -> int:
    """The year of our calendar; a year beyond an era's end is read on as if it had gone on."""
    if not year:
        raise DateError("an era has no year 0")
    return (ERA_LETTERS.get(era) or ERA_NAMES[era]) + year


def _by_era_digit(digit: str, year: str, month: str, day: str) -> tuple[PartialDate, ...]:
    """The days that a seven-digit date means in the two tables of era digits."""
    years = [before + int(year) for before in _eras_of(digit, int(year))]
    if not years:
        raise DateError(f"the era that the digit {digit} names has no year {int(year)}")
    found = [PartialDate(each, int(month), int(day)) for each in years]
    possible = [each for each in found if _is_possible(*each)]
    return tuple(dict.fromkeys(possible)) or (_checked(*found[0]),)


def _eras_of(digit: str, year: int) -> list[int]:
    """The years before the eras that a digit can name, those of the common table first."""
    found = []
    if year and digit in ERA_DIGITS and not (digit == "5" and year > PLAUSIBLE_YEARS_OF_REIWA):
        found.append(ERA_DIGITS[digit])
    before = OTHER_ERA_DIGITS.get(digit)
    if before is not None and 0 < year <= LAST_YEARS[before]:
        found.append(before)
    return found


def _is_possible(year: int, month: int, day: int) -> bool:
    """True where the calendar has this date."""
    try:
        _checked(year, month, day)
    except DateError:
        return False
    return True


def _checked(year: int, month: int, day: int) -> PartialDate:
    """The date, if the calendar has it."""
    if not year:
        raise DateError("there is no year 0")
    if month > 12:
        raise DateError(f"there is no month {month}")
    if day and not month:
        raise DateError("the date has a day but no month")
    if day > 31 or (day and not _exists(year, month, day)):
        raise DateError(f"{year:04}-{month:02} has no day {day}")
    return PartialDate(year, month, day)


def _exists(year: int, month: int, day: int) -> bool:
    """True where the calendar has this day."""
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _is_after(day: PartialDate, latest: datetime.date) -> bool:
    """True where even the first day that it can be is after `latest`."""
    return (day.year, day.month or 1, day.day or 1) > (latest.year, latest.month, latest.day)
