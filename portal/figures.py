"""The public figures: computed daily, rounded before they are stored."""

import datetime
import statistics
from collections import defaultdict
from collections.abc import Callable

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from links.models import Institution, Link, Source
from portal.models import Figure
from reports.kinds import State
from reports.models import Report

# below this a figure could point to persons, and steps of this size hide single cases
GRAIN = 10

PUT_RIGHT = Q(settled_as=Link.Settlement.UNLINKED)
WRONG = (Q(verdict=Link.Verdict.MISMATCH) & ~Q(settled_as=Link.Settlement.RIGHT)) | PUT_RIGHT


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
    return rounded(Link.objects.filter(WRONG).count())


def put_right() -> int | None:
    """Records taken off a number by a decision of two people."""
    return rounded(Link.objects.filter(PUT_RIGHT).count())


def median_days() -> int | None:
    """Median whole days from a report to its correction; None below ten corrections."""
    return median([days for per_institution in days_to_correction().values() for days in per_institution])


def median(days: list[int]) -> int | None:
    """Half of the reports took at most this many days: the higher of two middle values; None below ten."""
    return statistics.median_high(days) if len(days) >= GRAIN else None


def days_to_correction() -> dict[int, list[int]]:
    """Whole days from each report to its correction, by key of the institution."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    corrected = Report.objects.filter(state=State.CORRECTED, closed_at__isnull=False)
    for institution, start, end in corrected.values_list("link__institution", "received_at", "closed_at"):
        found[institution].append((end - start).days)  # type: ignore[operator]
    return found


def offices_connected() -> int:
    """Institutions of which a feed was applied; no person is counted, so nothing is rounded."""
    return Institution.objects.exclude(sources=None).count()


def offices_late() -> int:
    """Institutions with a feed that should have come."""
    return len({source.institution_id for _since, source in Source.objects.late(today=localdate())})


def offices_not_connected() -> int:
    """Institutions that never sent anything."""
    return Institution.objects.never_connected().count()


FIGURES: dict[str, Callable[[], int | None]] = {
    "records_linked": records_linked,
    "records_checked": records_checked,
    "records_not_checked": records_not_checked,
    "found_wrong": found_wrong,
    "put_right": put_right,
    "median_days": median_days,
    "offices_connected": offices_connected,
    "offices_late": offices_late,
    "offices_not_connected": offices_not_connected,
}


@transaction.atomic
def compute(*, day: datetime.date) -> list[Figure]:
    """Compute every figure of the day and store it; once more on the same day replaces it."""
    rows = [Figure(day=day, code=code, value=count()) for code, count in FIGURES.items()]
    return Figure.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["day", "code"], update_fields=["value"]
    )
