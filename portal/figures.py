"""The public figures: computed daily, rounded before they are stored."""

import datetime
from collections import Counter
from collections.abc import Mapping

from django.db import transaction
from django.utils.timezone import localdate

from links.models import Institution, Source
from portal.counting import (
    PUT_RIGHT,
    STANDING,
    UNCHECKED,
    WITHHELD,
    WRONG,
    Outcome,
    RecordState,
    days_to_correction,
    everything,
)
from portal.disclosure import GRAIN, Measure, count, median, tell, total
from portal.models import Figure
from reports.models import AffectedPerson, Incident

# each figure adds up from counts that are told one by one
SUMS: dict[str, list[RecordState | Outcome]] = {
    "records_linked": [*STANDING],
    "records_checked": [state for state in STANDING if state not in UNCHECKED],
    "records_right": [RecordState.RIGHT],
    "records_unverifiable": [RecordState.UNVERIFIABLE],
    "records_in_review": [RecordState.IN_REVIEW],
    "records_not_checked": [*UNCHECKED],
    "not_checked_new": [RecordState.UNCHECKED_NEW],
    "not_checked_changed": [RecordState.UNCHECKED_CHANGED, RecordState.UNCHECKED_WITHHELD],
    "found_wrong": [*WRONG, *PUT_RIGHT],
    "withheld_now": [*WITHHELD],
    "wrong_in_use": [RecordState.WRONG_IN_USE],
    "put_right": [*PUT_RIGHT],
    "alarms_decided": [Outcome.WRONG_AS_FOUND, Outcome.FALSE_ALARM],
    "alarms_right": [Outcome.WRONG_AS_FOUND],
    "false_alarms": [Outcome.FALSE_ALARM],
}
MEDIAN, PRECISION = "median_days", "precision_percent"
AFFECTED = "people_affected"
# how far a count that only grows can be ahead of what is told of it: the rest of the tens, and nine cases
UNTOLD = 2 * (GRAIN - 1)


def offices() -> dict[str, int]:
    """Institutions connected, late and silent; no person is counted, so nothing is rounded."""
    late = Source.objects.late(today=localdate())
    return {
        "offices_connected": Institution.objects.exclude(sources=None).count(),
        "offices_late": len({source.institution_id for _since, source in late}),
        "offices_not_connected": Institution.objects.never_connected().count(),
    }


def incidents() -> dict[str, int]:
    """Incidents that were none left out; no person is counted, so nothing is rounded."""
    return {"incidents": Incident.objects.real().count()}


def measures() -> dict[str, Measure]:
    """Everything that is told one by one, as it is today."""
    counts: Counter[str] = sum(everything().values(), Counter())
    days = [days for of_institution in days_to_correction().values() for days in of_institution]
    of_records = {state: count(counts[state]) for state in (*RecordState, *Outcome)}
    return of_records | {MEDIAN: median(days), AFFECTED: count(AffectedPerson.objects.counted())}


def precision(told: Mapping[str, int | None]) -> int | None:
    """At least so many percent of the alarms about which people decided were right; None below ten."""
    right, false = told[Outcome.WRONG_AS_FOUND], told[Outcome.FALSE_ALARM] or 0
    return 100 * right // (right + false + UNTOLD) if right else None


def published(told: Mapping[str, int | None]) -> dict[str, int | None]:
    """The figures of the day, made of nothing but what is told."""
    sums = {code: total(told[each] for each in parts) for code, parts in SUMS.items()}
    return sums | {MEDIAN: told[MEDIAN], PRECISION: precision(told), AFFECTED: told[AFFECTED]}


@transaction.atomic
def compute(*, day: datetime.date) -> list[Figure]:
    """Compute every figure of the day and store it; once more on the same day replaces it."""
    values = published(tell(measures())) | offices() | incidents()
    rows = [Figure(day=day, code=code, value=value) for code, value in values.items()]
    return Figure.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["day", "code"], update_fields=["value"]
    )
