"""Charts drawn by the server: plain SVG without style of its own, each beside the table of its figures."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django import template
from django.utils.functional import Promise

register = template.Library()

# the picture's own units; the page scales it
WIDTH, HEIGHT = 600, 200
MOST_DAYS_APART = 2

Words = str | Promise


class Countable(Protocol):
    """What a bar is drawn of; a `definition`, where there is one, stands below the words."""

    words: Words
    value: int | None


@register.inclusion_tag("components/bars.html")
def bars(caption: Words, head: Words, rows: Iterable[Countable], missing: Words = "–") -> dict[str, Any]:
    """A table of figures, each with a bar as long as its share of the largest; `missing` for None."""
    known = list(rows)
    largest = max((row.value or 0 for row in known), default=0)
    drawn = [(row, share(row.value, largest)) for row in known]
    return {"caption": caption, "head": head, "rows": drawn, "missing": missing}


def share(value: int | None, largest: int) -> float:
    """The length of a bar in percent of the longest; what is there is seen, however small."""
    return max(0.5, round(100 * value / largest, 1)) if value and largest else 0


@register.inclusion_tag("components/shares.html")
def shares(values: Sequence[int]) -> dict[str, Any]:
    """One bar cut into the shares of these figures, which stand in the table beside it."""
    whole = sum(values)
    widths = [100 * value / whole if whole else 0 for value in values]
    return {"parts": [(sum(widths[:place]), width) for place, width in enumerate(widths)]}


@register.inclusion_tag("components/checked.html")
def checked(caption: Words, parts: Sequence[tuple[int, Words]]) -> dict[str, Any]:
    """A bar of up to four parts with its key, which says the same in figures and words."""
    key = [(place, count, words) for place, (count, words) in enumerate(parts, start=1) if count]
    return {"caption": caption, "key": key, "counts": [count for count, _words in parts]}


@register.inclusion_tag("components/lines.html")
def lines(
    caption: Words,
    days: Sequence[datetime.date],
    series: Sequence[tuple[Words, Sequence[int | None]]],
    missing: Words = "–",
) -> dict[str, Any]:
    """Several figures over the same days, each a line with its own pattern; the table stands below."""
    largest = max((value or 0 for _words, values in series for value in values), default=0)
    return {
        "caption": caption,
        "width": WIDTH,
        "height": HEIGHT,
        "largest": largest,
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "series": [{"words": words, "path": path(days, values, largest)} for words, values in series],
        "rows": [(day, [values[place] for _words, values in series]) for place, day in enumerate(days)],
        "missing": missing,
    }


def path(days: Sequence[datetime.date], values: Sequence[int | None], largest: int) -> str:
    """The line through the days that have a value, as an SVG path; a new stroke after a gap."""
    span = max(1, (days[-1] - days[0]).days) if days else 1
    strokes, previous = [], None
    for day, value in zip(days, values, strict=True):
        if value is None or not largest:
            previous = None
            continue
        x, y = WIDTH * (day - days[0]).days / span, HEIGHT * (1 - value / largest)
        apart = previous is None or (day - previous).days > MOST_DAYS_APART
        strokes.append(f"{'M' if apart else 'L'}{x:.1f} {y:.1f}")
        previous = day
    return " ".join(strokes)
