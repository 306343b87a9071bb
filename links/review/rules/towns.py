"""When two names are one town: what people leave out of them, streets of Kyoto, places that are no more."""

import re

from links.review.rules.letters import agreement
from links.review.rules.places import City

# what a town is often written with or without: 飯塚町 and 飯塚, 市ケ谷 and 市谷, 丸ノ内 and 丸内
OPTIONAL = str.maketrans("", "", "町村ケツノ")
FORMER_SIGN = re.compile("[市区町村]")
FORMER_SIGNS = str.maketrans("", "", "市区町村")
STREET = re.compile(r"^.*(?:[上下]る|[東西]入)")
STREET_WRITTEN = (
    (re.compile("([上下])(?:[ルり]|ケ[るル])"), r"\1る"),
    (re.compile("([東西]入)[るルり]"), r"\1"),
)


def fold_street(city: str, rest: str) -> str:
    """The text behind the municipality, with one way to write the directions of Kyoto (上る, 下る, 東入)."""
    if city and not city.startswith("京都市"):
        return rest
    for written, meant in STREET_WRITTEN:
        rest = written.sub(meant, rest)
    return rest


def same_town(one: str, other: str, city: City) -> bool:
    """True for one town, with what people leave out of its name where no other town can be meant."""
    if one == other or agreement(one, other) in ("equal", "variant", "filler"):
        return True
    if city.knows(one) and city.knows(other):
        return False
    if one.translate(OPTIONAL) == other.translate(OPTIONAL) or _same_behind_streets(one, other, city):
        return True
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    if long.endswith(short):
        return city.ending_in(short) <= 1
    return long.startswith(short) and city.knows(short)


def _same_behind_streets(one: str, other: str, city: City) -> bool:
    """True for one town of Kyoto, where one side leaves the streets out or no other has its name."""
    first, second = STREET.sub("", one), STREET.sub("", other)
    if first != second or not first:
        return False
    return first in (one, other) or city.towns[first] <= 1


def formerly(written: str, town: str) -> bool:
    """True where a municipality that is no more stands before the town, or gave its name to it.

    浦和市高砂 for 高砂, 新津市本町 for 新津本町, 両神村薄 for 両神薄.
    """
    if not town or written == town:
        return bool(town)
    exact = town.translate(FORMER_SIGNS)
    for sign in FORMER_SIGN.finditer(written):
        place, rest = (
            part.translate(FORMER_SIGNS) for part in (written[: sign.start()], written[sign.end() :])
        )
        if place and exact.endswith(rest) and _named_after(exact.removesuffix(rest), place, whole=not rest):
            return True
    return False


def _named_after(part: str, place: str, *, whole: bool) -> bool:
    """True where the beginning of a town's name, or the whole of it, is from the former municipality."""
    return bool(part) and place.endswith(part) if whole else part in place
