"""The public figures for machines: every day as CSV, the latest with its definitions as JSON."""

import csv
import io
from typing import Any

from portal.disclosure import GRAIN
from portal.figure_page import UNITS, WORDS, shown
from portal.models import Figure

HEADER = ("day", "figure", "value")


def as_csv() -> str:
    """A line a day and figure, the latest day first; empty where a figure is too small to tell. One query."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for day, values in Figure.objects.by_day().items():
        writer.writerows((day.isoformat(), code, value) for code, value in in_order(values))
    return out.getvalue()


def as_json() -> dict[str, Any]:
    """The figures of the latest day in the reader's language; null where one is too small. Two queries."""
    day = Figure.objects.latest_day()
    values = Figure.objects.filter(day=day).by_day().get(day, {}) if day else {}
    return {
        "day": day,
        "rounded_down_to": GRAIN,
        "changes_only_after_cases": GRAIN,
        "figures": [told(code, values) for code, _value in in_order(values)],
    }


def told(code: str, values: dict[str, int | None]) -> dict[str, Any]:
    """One figure."""
    figure = shown(code, values)
    return {
        "code": code,
        "words": str(figure.words),
        "definition": str(figure.definition),
        "value": figure.value,
        "unit": UNITS.get(code, ""),
    }


def in_order(values: dict[str, int | None]) -> list[tuple[str, int | None]]:
    """The figures in the order of their definitions; one that has none any more is left out."""
    return [(code, values[code]) for code in WORDS if code in values]
