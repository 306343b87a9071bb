"""The public figures for machines: every day as CSV, the latest with its definitions as JSON."""

import csv
import io
from typing import Any

from django.utils.functional import Promise

from portal.disclosure import GRAIN
from portal.figure_page import WORDS, Shown, shown
from portal.models import Figure

HEADER = ("day", "figure", "value", "unit", "words", "definition")


def as_csv() -> str:
    """A line a day and figure with its definition in the reader's language, the latest day first. One query.

    The value is empty where it is too small to tell.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for day, values in Figure.objects.by_day().items():
        figures = [shown(code, values) for code, _value in in_order(values)]
        writer.writerows((day.isoformat(), *line(figure)) for figure in figures)
    return out.getvalue()


def line(figure: Shown) -> tuple[str, int | None, str, Promise, Promise]:
    """One figure as the file has it after its day."""
    return figure.code, figure.value, figure.unit, figure.words, figure.definition


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
        "unit": figure.unit,
    }


def in_order(values: dict[str, int | None]) -> list[tuple[str, int | None]]:
    """The figures in the order of their definitions; one that has none any more is left out."""
    return [(code, values[code]) for code in WORDS if code in values]
