"""The public figures: computed daily, rounded before they are stored."""

import datetime
import statistics
from collections.abc import Callable

from django.db import transaction
from django.db.models import Q

from links.models import Link
from portal.models import Figure
from reports.kinds import State
from reports.models import Report

# below this a figure could point to persons, and steps of this size hide single cases
GRAIN = 10


def rounded(count: int) -> int | None:
    """To tens, so that no small number can be derived; None below ten."""
    return count // GRAIN * GRAIN or None


def records_linked() -> int | None:
    """Records that hang on a number."""
    return rounded(Link.objects.standing().count())


def records_checked() -> int | None:
    """Those of them with a verdict."""
    return rounded(Link.objects.standing().exclude(verdict="").count())


def records_not_checked() -> int | None:
    """Those of them without one."""
    return rounded(Link.objects.standing().unreviewed().count())


def found_wrong() -> int | None:
    """Records that point to another person, found by the check or by a report."""
    found = Q(verdict=Link.Verdict.MISMATCH) & ~Q(settled_as=Link.Settlement.RIGHT)
    wrong = found | Q(settled_as=Link.Settlement.UNLINKED)
    return rounded(Link.objects.filter(wrong).count())


def put_right() -> int | None:
    """Records taken off a number by a decision of two people."""
    return rounded(Link.objects.filter(settled_as=Link.Settlement.UNLINKED).count())


def median_days() -> int | None:
    """Median whole days from a report to its correction; None below ten corrections."""
    closed = Report.objects.filter(state=State.CORRECTED).values_list("received_at", "closed_at")
    days = [(end - start).days for start, end in closed if end]
    # the higher of two middle values: half of the reports took at most this many days
    return statistics.median_high(days) if len(days) >= GRAIN else None


FIGURES: dict[str, Callable[[], int | None]] = {
    "records_linked": records_linked,
    "records_checked": records_checked,
    "records_not_checked": records_not_checked,
    "found_wrong": found_wrong,
    "put_right": put_right,
    "median_days": median_days,
}


@transaction.atomic
def compute(*, day: datetime.date) -> list[Figure]:
    """Compute every figure of the day and store it; once more on the same day replaces it."""
    rows = [Figure(day=day, code=code, value=count()) for code, count in FIGURES.items()]
    return Figure.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["day", "code"], update_fields=["value"]
    )
