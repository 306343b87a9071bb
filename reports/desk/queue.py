"""The queue: worst first, then the clock that runs out next."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from reports.desk.clock import Clock, clock_of
from reports.kinds import CLOSED, Kind, Severity
from reports.models import Report
from reports.models.reports import ReportQuerySet

PAGE = 50
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


def cases(*, state: str = "", category: str = "", kind: str = "") -> ReportQuerySet:
    """The open cases, worst first, or those of one state; finished ones newest first."""
    found = Report.objects.filter(state=state) if state else Report.objects.open()
    if category:
        found = found.filter(Q(link__category=category) | Q(kind=Kind.MISSING, matter=category))
    if kind:
        found = found.filter(kind=kind)
    found = found.newest_first() if state in CLOSED else found.worst_first()
    return found.select_related("link__institution", "institution", "assignee")


def rows(reports: Iterable[Report], *, today: datetime.date) -> list[Row]:
    """The cases with their clocks; no query."""
    return [Row(report, clock_of(report, today=today), severity_tone(report)) for report in reports]


def severity_tone(report: Report) -> str:
    """The tone of the chip that names the severity."""
    return TONES[Severity(report.severity)]
