"""Addresses: taken apart into municipality, town and numbers, and compared without building and room."""

import re
from functools import lru_cache
from typing import NamedTuple

from links.review.rules.numerals import NUMERALS
from links.review.rules.place_names import COUNTER, fold_place, in_digits
from links.review.rules.places import City, places, split_place
from links.review.rules.text import CACHE, clean
from links.review.rules.towns import fold_street, formerly, same_town

COMPARED_NUMBERS = 3
POSTAL = re.compile(r"^〒?\s*(?:\d{3}[-‐−ー]?\d{4}(?!\d))?\s*")
BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")
# 1,2,3 and 1.2.3 as some people set numbers apart
DOT = re.compile(r"(?<=\d)\s*[,.、・]\s*(?=\d)")
DASH = re.compile(rf"(?<=[\d{NUMERALS}])\s*[-‐‑‒–—―−─ー]\s*(?=[\d{NUMERALS}])")
PUNCTUATION = re.compile(r"[ 、。,.・]")
SAPPORO = re.compile(r"(?<=[東西南北])(\d+)(?=[東西南北]\d)")
RUN = re.compile(
    r"\d+(?!\d|条|線|番[町丁])(?:(?:丁目|丁|番地ノ?|番|号|地割|-|ノ)+\d+(?![\dFf階]))*(?P<end>号?)"
)
DIGITS = re.compile(r"\d+")
CHOME = re.compile(r"\d+丁目")
LEAST_ROOM = 101  # a number like this behind two others is a room


class Address(NamedTuple):
    """An address taken apart.

    `closed` says that the numbers end in 号, so that what follows can only be a room; `chome` that
    the first number was written as 丁目; `room` is the first number after them, or None; `text` is
    the compared form: place, town and the numbers that count.
    """

    prefecture: str
    city: str
    town: str
    numbers: tuple[int, ...]
    closed: bool
    chome: bool
    room: int | None
    text: str


class AddressFinding(NamedTuple):
    """How two addresses relate: level same, other_number, other_town or missing; the two compared
    forms; and whether it was a former address of the register that agreed."""

    level: str
    registered: str
    claimed: str
    former: bool = False


@lru_cache(maxsize=CACHE)
def read_address(text: str) -> Address:
    """The address taken apart; what is not written stays empty."""
    prefecture, city, rest = split_place(_folded(text))
    known = places().city(prefecture, city)
    rest = _counted(known, fold_street(city, rest))
    run = RUN.search(rest, _town_with_digits(known, rest))
    if run is None:
        return Address(prefecture, city, rest, (), False, False, None, _shown(prefecture, city, rest))
    town = rest[: run.start()].removesuffix("第").rstrip("-|").removesuffix("ノ")
    numbers, closed, room = _numbers(rest, run)
    return Address(
        prefecture,
        city,
        town,
        numbers,
        closed,
        CHOME.match(rest, run.start()) is not None,
        room,
        _shown(prefecture, city, town, "-".join(map(str, numbers[:COMPARED_NUMBERS]))),
    )


def _folded(text: str) -> str:
    """One form for each letter, without postal code and punctuation; | between separate numbers."""
    plain = DOT.sub("-", DASH.sub("-", POSTAL.sub("", clean(text), count=1)))
    return fold_place(PUNCTUATION.sub("", BETWEEN_DIGITS.sub("|", plain)))


def _counted(city: City, rest: str) -> str:
    """What is counted in digits; a numeral at the end of a town's name is not (阿三, 助七)."""
    name = next((town for town in city.in_numerals if rest.startswith(town)), "")
    if COUNTER.match(rest, len(name)):
        name = ""
    return SAPPORO.sub(r"\1条", name + in_digits(rest[len(name) :]))


def _numbers(rest: str, run: re.Match[str]) -> tuple[tuple[int, ...], bool, int | None]:
    """The numbers, whether they end in 号 so that only a room can follow, and the room if one does."""
    numbers = tuple(map(int, DIGITS.findall(run[0])))
    if rest.startswith("室", run.end()):
        return numbers[:-1], False, numbers[-1]
    following = DIGITS.search(rest, run.end())
    return numbers, bool(run["end"]), int(following[0]) if following else None


def _shown(*parts: str) -> str:
    """The parts that are not empty, with one space between."""
    return " ".join(filter(None, parts))


def _town_with_digits(city: City, rest: str) -> int:
    """The length of a town's name that has digits in itself, where the text begins with one; else 0."""
    if not city.numbered:
        return 0
    return next((len(town) for town in city.numbered if rest.startswith(town) and not town[0].isdigit()), 0)


def compare_addresses(registered: str, claimed: str, former: tuple[str, ...] = ()) -> AddressFinding:
    """How the address claimed relates to the registered one, or to one that the register held before."""
    plain = clean(registered)
    if plain == clean(claimed) and DIGITS.search(plain):
        return AddressFinding("same", plain, plain)
    found = _compare_texts(registered, claimed)
    if found.level in ("same", "missing"):
        return found
    for earlier in former:
        if earlier and _compare_texts(earlier, claimed).level == "same":
            return found._replace(level="same", registered=read_address(earlier).text, former=True)
    return found


def _compare_texts(registered: str, claimed: str) -> AddressFinding:
    """How two addresses as written relate."""
    one, other = read_address(registered), read_address(claimed)
    return AddressFinding(address_level(one, other), one.text, other.text)


def address_level(one: Address, other: Address) -> str:
    """How two addresses relate. One without a town, or alone without numbers, says too little: missing."""
    if not _complete(one) or not _complete(other):
        return "other_town" if _elsewhere(one, other) else "missing"
    if not _same_place(one, other):
        return "other_town"
    if one.numbers and other.numbers:
        return _number_level(one, other)
    return "missing" if one.numbers or other.numbers else "same"


def _complete(address: Address) -> bool:
    """True where there is a town or a number to compare."""
    return bool(address.town or address.numbers)


def _elsewhere(one: Address, other: Address) -> bool:
    """True where prefecture or municipality are both written and differ."""
    if one.prefecture and other.prefecture and one.prefecture != other.prefecture:
        return True
    return bool(one.city and other.city) and not _contains(one.city, other.city)


def _contains(one: str, other: str) -> bool:
    """True for one municipality, written with or without its ward."""
    short, long = sorted((one, other), key=len)
    return short == long or (short.endswith("市") and long.startswith(short) and long.endswith("区"))


def _same_place(one: Address, other: Address) -> bool:
    """True for the same town in the same municipality, by its present or its former name."""
    if _elsewhere(one, other):
        return False
    if one.city == other.city:
        return same_town(one.town, other.town, places().city(one.prefecture or other.prefecture, one.city))
    vague, exact = sorted((one, other), key=lambda address: len(address.city))
    if formerly(vague.town, exact.town):
        return True
    city = places().city(exact.prefecture or vague.prefecture, vague.city or exact.city)
    return city.towns[exact.town] <= 1 and same_town(vague.town, exact.town, city)


def _number_level(one: Address, other: Address) -> str:
    """How the numbers relate: same, other_number, or missing where one side stops after 丁目."""
    if _same_numbers(one, other):
        return "same"
    short, long = sorted((one, other), key=lambda address: len(address.numbers))
    stops = short.chome and len(short.numbers) == 1 and long.numbers[0] == short.numbers[0]
    return "missing" if stops else "other_number"


def _same_numbers(one: Address, other: Address) -> bool:
    """True where the first three numbers agree, whether or not a room was written behind them."""
    first, second = one.numbers[:COMPARED_NUMBERS], other.numbers[:COMPARED_NUMBERS]
    if first == second:
        return True
    short, long = sorted((one, other), key=lambda address: len(address.numbers))
    size = len(short.numbers)
    if size < COMPARED_NUMBERS and long.numbers[:size] == short.numbers:
        following = long.numbers[size]
        return short.closed or following == short.room or (size > 1 and following >= LEAST_ROOM)
    return _chome_left_out(short, long)


def _chome_left_out(short: Address, long: Address) -> bool:
    """True where only 丁目 is missing, in a town that has none besides this one."""
    city = places().city(long.prefecture or short.prefecture, long.city or short.city)
    only_one = city.knows(long.town) and long.town not in city.with_chome
    return (
        long.chome and only_one and long.numbers[1 : COMPARED_NUMBERS + 1] == short.numbers[:COMPARED_NUMBERS]
    )
