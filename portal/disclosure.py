"""What the public may be told of a count: tens, and another number only when at least ten cases changed.

Each count is told by itself, and what is told adds up from counts that were told: a total, a difference and
yesterday's number therefore say no more than the counts do, of each of which ten values stay possible.
"""

import statistics
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from links.rounding import GRAIN, rounded
from portal.models import Basis

__all__ = ["GRAIN", "Measure", "count", "median", "percent", "rounded", "tell", "total"]


class Measure(NamedTuple):
    """On how many cases a figure rests today, and what would be told of them; None where they are too few."""

    cases: int
    value: int | None


def count(cases: int) -> Measure:
    """A number of cases."""
    return Measure(cases, rounded(cases))


def median(days: list[int]) -> Measure:
    """Half of the cases took at most this many days: the higher of two middle values; None below ten."""
    return Measure(len(days), statistics.median_high(days) if len(days) >= GRAIN else None)


def total(told: Iterable[int | None]) -> int | None:
    """The sum of what was told; None where nothing was."""
    return sum(each or 0 for each in told) or None


def percent(part: int | None, whole: int | None) -> int | None:
    """A share in whole percent of counts as they are told; None where one of them is too small to tell."""
    # what is told may lag behind, a part less than its whole
    return min(100, 100 * part // whole) if part and whole else None


@transaction.atomic
def tell(measures: dict[str, Measure]) -> dict[str, int | None]:
    """What is told of each today: what was told before, until ten cases changed since."""
    before: dict[str, Basis] = Basis.objects.in_bulk(list(measures), field_name="code")
    moved = [
        Basis(code=code, cases=measure.cases, value=measure.value)
        for code, measure in measures.items()
        if code not in before or abs(measure.cases - before[code].cases) >= GRAIN
    ]
    Basis.objects.bulk_create(
        moved,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["cases", "value"],
    )
    return {code: basis.value for code, basis in before.items()} | {each.code: each.value for each in moved}
