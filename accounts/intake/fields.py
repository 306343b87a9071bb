"""What a cell may hold: each reader turns one non-blank cell into a value, or says in plain words why not.

A reader is `(cell, context) -> value`; None means that the cell stands for "not known".
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from django.utils.translation import gettext_noop as _
from stdnum.jp import in_

from links.review.rules.dates import PartialDate, is_placeholder, parse_date

MISSING = _("This cell must not be empty.")
TOO_LONG = _("This text is too long.")
NOT_TWELVE_DIGITS = _("An individual number has 12 digits.")
WRONG_CHECK_DIGIT = _("The check digit of the individual number is wrong.")
WRONG_DIGITS = _("This cell has another number of digits than it should have, or other characters.")
WRONG_INSURER = _("An insurer's number has 6 or 8 digits.")
WRONG_INSURER_CHECK_DIGIT = _("The check digit of the insurer's number is wrong.")
NOT_A_NUMBER = _("This cell must be a whole number.")
NOT_A_CODE = _("A code has letters, digits, hyphens and underscores, at most 32.")
NOT_IN_LIST = _("This value is not one of those that are possible here.")
NOT_A_DATE = _("This date does not exist, or cannot be read.")
INCOMPLETE_DATE = _("This date must have a month and a day.")
FUTURE_DATE = _("This date is in the future.")

CODE = re.compile(r"[A-Za-z0-9_-]{1,32}")

_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_SEPARATORS = dict.fromkeys(map(ord, " \u00a0\u2002\u2003\u2009\u3000\n-‐‑‒–—―−－ー\uff70"))
_DROP = _FULL_WIDTH | _SEPARATORS
_SEXES = {"1": "1", "男": "1", "男性": "1", "male": "1", "m": "1"} | {
    "2": "2", "女": "2", "女性": "2", "female": "2", "f": "2"
}  # fmt: skip


class BadValue(Exception):
    """A cell that cannot be used; `reason` is a message id in plain words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Context:
    """Beside the cell: the day that counts as today, and where a warning (a message id) goes."""

    today: datetime.date
    warn: Callable[[str], None]


Reader: TypeAlias = Callable[[str, Context], object]

# How a program writes the value, as JSON Schema: the plainest of the forms that the reader takes from people
SHAPES: dict[Reader, dict[str, Any]] = {}


def shaped(**schema: Any) -> Callable[[Reader], Reader]:
    """Note the JSON Schema of what a reader reads; without any, it is just text."""

    def note(reader: Reader) -> Reader:
        SHAPES[reader] = schema
        return reader

    return note


def plain(text: str) -> str:
    """The text as a form compares it: compatibility characters folded, no space around it."""
    return unicodedata.normalize("NFKC", text).strip()


def only_digits(text: str) -> str:
    """The text with full-width digits made plain, spaces and hyphens dropped."""
    return text if text.isascii() and text.isdigit() else text.translate(_DROP)


def as_sent(longest: int) -> Reader:
    """Text that is kept exactly as it came."""

    @shaped(maxLength=longest)
    def read(cell: str, context: Context) -> str:
        if len(cell) > longest:
            raise BadValue(TOO_LONG)
        return cell

    return read


def text(longest: int) -> Reader:
    """Text without the space around it."""

    @shaped(maxLength=longest)
    def read(cell: str, context: Context) -> str:
        cell = cell.strip()
        if len(cell) > longest:
            raise BadValue(TOO_LONG)
        return cell

    return read


def digits(count: int) -> Reader:
    """Exactly so many digits."""

    @shaped(pattern=f"^[0-9]{{{count}}}$")
    def read(cell: str, context: Context) -> str:
        number = only_digits(cell)
        if len(number) != count or not (number.isascii() and number.isdigit()):
            raise BadValue(WRONG_DIGITS)
        return number

    return read


def whole_number(largest: int) -> Reader:
    """A number from 1 to `largest`."""

    def read(cell: str, context: Context) -> int:
        number = only_digits(cell)
        if not (number.isascii() and number.isdigit() and len(number) < 10 and 0 < int(number) <= largest):
            raise BadValue(NOT_A_NUMBER)
        return int(number)

    return read


def code(cell: str, context: Context) -> str:
    """An institution's code: letters, digits and -, _ of ASCII, up to 32."""
    word = cell.strip()
    if not CODE.fullmatch(word):
        raise BadValue(NOT_A_CODE)
    return word


def one_of(codes: Collection[str]) -> Reader:
    """One of these codes, whatever its width and case."""
    by_folded = {code.casefold(): code for code in codes}

    @shaped(enum=list(codes))
    def read(cell: str, context: Context) -> str:
        code = by_folded.get(cell) or by_folded.get(plain(cell).casefold())
        if code is None:
            raise BadValue(NOT_IN_LIST)
        return code

    return read


def known_or(codes: Collection[str], *, otherwise: str, warning: str) -> Reader:
    """One of these codes, or `otherwise` with a warning."""
    known = one_of(codes)

    @shaped(enum=list(codes))
    def read(cell: str, context: Context) -> object:
        try:
            return known(cell, context)
        except BadValue:
            context.warn(warning)
            return otherwise

    return read


def flag(cell: str, context: Context) -> bool:
    """`1` or `0`."""
    code = plain(cell)
    if code not in ("0", "1"):
        raise BadValue(NOT_IN_LIST)
    return code == "1"


@shaped()
def sex(cell: str, context: Context) -> str | None:
    """`1` male, `2` female; everything else is not known."""
    return _SEXES.get(plain(cell).casefold())


@shaped(
    format="individual-number", pattern="^[0-9]{12}$", writeOnly=True, description="the last is a check digit"
)
def individual_number(cell: str, context: Context) -> str:
    """12 digits whose last one is right."""
    return sound_number(cell)


def sound_number(cell: str) -> str:
    """The individual number in a cell; BadValue where it holds none."""
    number = only_digits(cell)
    if len(number) != 12 or not (number.isascii() and number.isdigit()):
        raise BadValue(NOT_TWELVE_DIGITS)
    if in_.calc_check_digit(number[:11]) != number[11]:
        raise BadValue(WRONG_CHECK_DIGIT)
    return number


@shaped(format="insurer-number", pattern="^[0-9]{6}([0-9]{2})?$", description="the last is a check digit")
def insurer_number(cell: str, context: Context) -> str:
    """6 or 8 digits whose last one is right."""
    number = only_digits(cell)
    if len(number) not in (6, 8) or not (number.isascii() and number.isdigit()):
        raise BadValue(WRONG_INSURER)
    if insurer_check_digit(number[:-1]) != number[-1]:
        raise BadValue(WRONG_INSURER_CHECK_DIGIT)
    return number


@lru_cache(maxsize=4096)
def insurer_check_digit(body: str) -> str:
    """The digit after `body`: weights 2,1,2,1… from the right, the digits of the products added."""
    total = 0
    for position, digit in enumerate(reversed(body)):
        product = int(digit) * (2 if position % 2 == 0 else 1)
        total += product // 10 + product % 10
    return str(-total % 10)


@shaped(format="past-date", description="ISO 8601, a whole day, not in the future")
def past_date(cell: str, context: Context) -> datetime.date | None:
    """A whole date up to today, in any form."""
    return None if is_placeholder(cell) else _whole(_date(cell, context.today))


@shaped(format="date")
def any_date(cell: str, context: Context) -> datetime.date | None:
    """A whole date in any form, the future included."""
    return None if is_placeholder(cell) else _whole(_date(cell, None))


def birth_date(cell: str, context: Context) -> str | None:
    """ISO 8601, with 00 for a month or day that is not known."""
    # 1900-01-01 is a placeholder elsewhere, but somebody may have been born on that day
    if is_placeholder(cell) and not cell.strip().startswith("1900"):
        return None
    return str(_date(cell, context.today))


@shaped(format="date-in-any-form", maxLength=50, description="kept as it came: 1967-12-20, S42.12.20, …")
def birth_date_as_sent(cell: str, context: Context) -> str:
    """The date as it came, once it is known that it can be read or stands for none."""
    if not is_placeholder(cell):
        _date(cell, context.today)
    return cell.strip()


def _whole(date: PartialDate) -> datetime.date:
    if date.date is None:
        raise BadValue(INCOMPLETE_DATE)
    return date.date


@lru_cache(maxsize=1 << 16)
def _date(cell: str, latest: datetime.date | None) -> PartialDate:
    try:
        return parse_date(cell, latest=latest)
    except ValueError as problem:
        if latest and _readable(cell):
            raise BadValue(FUTURE_DATE) from problem
        raise BadValue(NOT_A_DATE) from problem


def _readable(cell: str) -> bool:
    try:
        parse_date(cell)
    except ValueError:
        return False
    return True
