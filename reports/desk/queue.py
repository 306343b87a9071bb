"""The queue: worst first, then the clock that runs out next."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.functional import cached_property

from accounts.models import Resident
from reports.desk.clock import Clock, clock_of
from reports.kinds import CLOSED, Severity
from reports.models import Report
from reports.models.report_sets import ReportQuerySet

PAGE, MOST = 50, 1000
TONES = {
    Severity.OTHER_PERSON: "wrong",
    Severity.INSURANCE: "wrong",
    Severity.MONEY: "attention",
    Severity.ORDINARY: "",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One case of the queue; it names no resident: who looks at one opens the case, and that is recorded."""

    report: Report
    clock: Clock | None
    tone: str


class Pages(Paginator):
    """Pages of the queue: it counts to a thousand, so that a long queue costs no more than a short one."""

    @cached_property
    def count(self) -> int:
        """How many cases can be paged through."""
        return min(self.counted, MOST)

    @cached_property
    def counted(self) -> int:
        """How many there are; one more than a thousand where there are more."""
        found: ReportQuerySet = self.object_list  # type: ignore[assignment]
        return found.order_by()[: MOST + 1].count()

    @property
    def has_more(self) -> bool:
        """Whether there are more than can be paged through."""
        return self.counted > MOST


def cases(state: str = "", also: Q | None = None) -> ReportQuerySet:
    """The open cases, worst first, or those of one state; finished ones newest first."""
    found = Report.objects.filter(state=state) if state else Report.objects.open()
    found = found.filter(also) if also else found
    found = found.newest_first() if state in CLOSED else found.worst_first()
    return found.select_related("link__institution", "institution", "assignee")


def neighbour(of: Report, found: ReportQuerySet, way: str) -> Report | None:
    """The next case of that choice, or the previous one; None at its end."""
    if way == "next":
        return found.behind(of).worst_first().first()
    return found.ahead_of(of).worst_first().reverse().first()


def rows(reports: Iterable[Report], *, today: datetime.date) -> list[Row]:
    """The cases with their clocks; one query, about whose office is not named in a list."""
    listed = list(reports)
    people = Resident.objects.covered(on=today).filter(pk__in=[report.resident_id for report in listed])
    covered = set(people.values_list("pk", flat=True)) if listed else set()
    for report in listed:
        report.places_hidden = report.resident_id in covered
    return [Row(report, clock_of(report, today=today), severity_tone(report)) for report in listed]


def severity_tone(report: Report) -> str:
    """The tone of the chip that names the severity."""
    return TONES[Severity(report.severity)]
