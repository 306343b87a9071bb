"""One sample, written once for all tests that only read it."""

import csv
import datetime
import io
import json
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from links.feeds.columns import FEEDS
from links.feeds.fhir.coverage import SOURCES
from links.feeds.fhir.reading import FhirReading
from portal.sample.whole import write_sample

AS_OF = datetime.date(2026, 10, 1)
RESIDENTS = 400
SEED = 7
HEADINGS = {
    "個人番号": "individual_number",
    "記録番号": "reference",
    "状態": "status",
    "名義人氏名": "holder_name",
    "名義人カナ": "holder_kana",
    "名義人生年月日": "holder_birth_date",
    "名義人性別": "holder_sex",
    "名義人住所": "holder_address",
    "登録日": "linked_on",
    "取得方法": "obtained_by",
    "入力元": "entered_by",
}


@lru_cache(maxsize=1)
def folder() -> Path:
    """The folder of a small sample."""
    path = Path(tempfile.mkdtemp(prefix="sample-"))
    write_sample(path, residents=RESIDENTS, seed=SEED, as_of=AS_OF)
    return path


@lru_cache(maxsize=1)
def manifest() -> dict[str, Any]:
    """Its manifest."""
    return dict(json.loads((folder() / "manifest.json").read_text(encoding="utf-8")))


def table(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    """The rows of a CSV file by English column name."""
    header, *rows = csv.reader(io.StringIO(path.read_bytes().decode(encoding), newline=""))
    names = [HEADINGS.get(name, name) for name in header]
    return [dict(zip(names, row, strict=True)) for row in rows]


def resources(path: Path) -> list[dict[str, str]]:
    """The rows of a FHIR file by English column name."""
    with (
        path.open("rb") as file,
        FhirReading(file, FEEDS["health_insurance"], today=AS_OF) as reading,
    ):
        return [dict(zip(SOURCES, row.cells, strict=True)) for row in reading.rows()]


@lru_cache(maxsize=1)
def residents() -> list[dict[str, str]]:
    """The register."""
    return table(folder() / "residents.csv")


@lru_cache(maxsize=16)
def feed(institution: str) -> list[dict[str, str]]:
    """One institution's rows."""
    entry = next(entry for entry in manifest()["feeds"] if entry["institution"] == institution)
    path = folder() / entry["file"]
    return resources(path) if entry["format"] == "fhir" else table(path, entry["encoding"])


def persona(role: str) -> dict[str, str]:
    """A persona's row of the register."""
    return by_code(manifest()["personas"][role]["resident_code"])


def by_code(code: str) -> dict[str, str]:
    """Somebody's row of the register."""
    return next(row for row in residents() if row["resident_code"] == code)


def records_of(person: dict[str, str], institution: str) -> list[dict[str, str]]:
    """What an institution has on that person's number."""
    return [row for row in feed(institution) if row["individual_number"] == person["individual_number"]]
