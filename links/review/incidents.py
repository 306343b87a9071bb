"""Mass incidents: many wrong links from one office on one day, as when a visitor stays signed in."""

from django.db.models import Count, Q

from links.models import Link, ReviewRun
from links.review.walk import scoped

FEWEST = 5
PERCENT = 20


def found(run: ReviewRun) -> list[list[object]]:
    """Offices and days of which many links are another person's: who, when, how many, of how many."""
    mismatches = Count("pk", filter=Q(verdict=Link.Verdict.MISMATCH))
    of_office = ("institution__code", "entered_by", "linked_on")
    entered = scoped(run).exclude(entered_by="").values(*of_office)
    places = entered.annotate(wrong=mismatches, size=Count("pk")).filter(wrong__gte=FEWEST)
    rows = places.order_by("-wrong", *of_office).values_list(*of_office, "wrong", "size")
    return [
        [*office, day.isoformat(), wrong, size]
        for *office, day, wrong, size in rows
        if stands_out(wrong, size)
    ]


def stands_out(wrong: int, size: int) -> bool:
    """Whether so many of so many are more than chance."""
    return wrong >= FEWEST and wrong * 100 >= PERCENT * size
