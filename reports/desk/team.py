"""Figures for the team: what is open, how long answers take, how often it was not right the first time.

Read from the cases themselves, for the last 90 days; half a second over 100,000 cases, so a page keeps them
for ten minutes.
"""

import csv
import datetime
import io
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from links.models import Institution
from reports.kinds import CLOSED, Cause, Severity, State
from reports.models import Message, Report, Step

DAYS = datetime.timedelta(days=90)
KEPT_SECONDS = 600
MOST_INSTITUTIONS = 30
DAY_SECONDS = 24 * 3600
# calendar days since it was received: up to so many
AGES: tuple[tuple[int | None, Promise], ...] = (
    (1, gettext_lazy("Up to 1 day")),
    (5, gettext_lazy("2 to 5 days")),
    (10, gettext_lazy("6 to 10 days")),
    (20, gettext_lazy("11 to 20 days")),
    (None, gettext_lazy("More than 20 days")),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, and one row of its table."""

    words: str | Promise
    value: int | None


@dataclass(frozen=True, slots=True)
class Times:
    """How many days half of them took at most, and nine of ten; None where there are none."""

    words: str | Promise
    cases: int
    median: float | None
    ninth: float | None


@dataclass(slots=True)
class Row:
    """One cause or institution: what is open, what was closed, how long that took, how much came back."""

    words: str | Promise
    open: int = 0
    days: list[float] = field(default_factory=list)
    reopened: int = 0

    @property
    def times(self) -> Times:
        """How long its closed cases took."""
        return times(self.words, self.days)

    @property
    def reopened_percent(self) -> int | None:
        """The share of its closed cases that was opened again."""
        return round(100 * self.reopened / len(self.days)) if self.days else None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the page shows; `grid` has a row an age with a count a severity."""

    at: datetime.datetime
    grid: list[tuple[Promise, list[int]]]
    ages: list[Bar]
    severities: list[Bar]
    first_answer: Times
    resolution: Times
    closed: int
    reopened_percent: int | None
    causes: list[Row]
    institutions: list[Row]


def figures(*, at: datetime.datetime) -> Figures:
    """As they are now, or were less than ten minutes ago."""
    key = f"team-figures:{get_language()}"
    known: Figures | None = cache.get(key)
    if known is None:
        known = computed(at=at)
        cache.set(key, known, KEPT_SECONDS)
    return known


def computed(*, at: datetime.datetime) -> Figures:
    """Counted anew; six queries."""
    grid = open_by_age(at)
    counts = [sum(column) for column in zip(*(row for _age, row in grid), strict=True)]
    done = closed_since(at - DAYS)
    days = [each.days for each in done]
    return Figures(
        at=at,
        grid=grid,
        ages=[Bar(words, sum(row)) for words, row in grid],
        severities=[Bar(Severity(each).label, n) for each, n in zip(order(), counts, strict=True)],
        first_answer=times(_("First answer"), answered_since(at - DAYS)),
        resolution=times(_("Resolution"), days),
        closed=len(done),
        reopened_percent=round(100 * sum(each.reopened for each in done) / len(done)) if done else None,
        causes=by_cause(done),
        institutions=by_institution(done),
    )


def order() -> list[int]:
    """The severities, the gravest first."""
    return sorted(Severity.values, reverse=True)


def open_by_age(at: datetime.datetime) -> list[tuple[Promise, list[int]]]:
    """How many open cases of each age have each severity; one query."""
    limits, younger = [], at
    for place, (most, _words) in enumerate(AGES):
        older = at - datetime.timedelta(days=most + 1) if most is not None else None
        within = Q(received_at__lte=younger) & (Q(received_at__gt=older) if older else Q())
        limits.append((f"age_{place}", Count("pk", filter=within)))
        younger = older or younger
    counted = Report.objects.open().order_by().values("severity").annotate(**dict(limits))
    rows = counted.values_list("severity", *(name for name, _count in limits))
    known = {(place, row[0]): row[place + 1] for row in rows for place in range(len(AGES))}
    return [
        (words, [known.get((place, each), 0) for each in order()])
        for place, (_most, words) in enumerate(AGES)
    ]


@dataclass(frozen=True, slots=True)
class Closed:
    """One closed case: its cause and institution, how many days it took, whether it was opened again."""

    cause: str
    institution: int | None
    days: float
    reopened: bool


def closed_since(moment: datetime.datetime) -> list[Closed]:
    """Those that staff closed since then; one query."""
    again = Step.objects.filter(report=OuterRef("pk"), state=State.REOPENED)
    found = Report.objects.filter(state__in=CLOSED, closed_at__gte=moment).exclude(state=State.WITHDRAWN)
    rows = found.annotate(again=Exists(again)).values_list(
        "cause", "link__institution", "institution", "received_at", "closed_at", "again"
    )
    return [
        Closed(cause, of_link or named, (closed_at - received_at).total_seconds() / DAY_SECONDS, bool(was))
        for cause, of_link, named, received_at, closed_at, was in rows.iterator()
        if closed_at
    ]


def answered_since(moment: datetime.datetime) -> list[float]:
    """After how many days each case received since then got its first word from staff; one query."""
    said = Message.objects.filter(report=OuterRef("pk"), audience=Message.Audience.RESIDENT)
    by_staff = said.filter(by__role__in=["support", "supervisor"]).order_by().values("report")
    first = by_staff.annotate(first=Min("at")).values("first")
    rows = Report.objects.filter(received_at__gte=moment).annotate(answered_at=Subquery(first))
    took = []
    for begun, *ends in rows.values_list("received_at", "answered_at", "closed_at"):
        known = [end for end in ends if end]
        took += [(min(known) - begun).total_seconds() / DAY_SECONDS] if known else []
    return took


def times(words: str | Promise, days: Iterable[float]) -> Times:
    """The median and the ninth tenth of these numbers of days, to a tenth of a day."""
    known = sorted(days)
    return Times(words, len(known), share_of(known, 0.5), share_of(known, 0.9))


def share_of(known: list[float], share: float) -> float | None:
    """The number that this share of the sorted ones does not exceed."""
    return round(known[max(0, math.ceil(share * len(known)) - 1)], 1) if known else None


def by_cause(done: list[Closed]) -> list[Row]:
    """The causes of what was closed, the most frequent first."""
    rows: defaultdict[str, Row] = defaultdict(lambda: Row(""))
    for each in done:
        row = rows[each.cause]
        row.words = Cause(each.cause).label if each.cause else _("No cause entered")
        row.days.append(each.days)
        row.reopened += each.reopened
    return sorted(rows.values(), key=lambda row: -len(row.days))


def by_institution(done: list[Closed]) -> list[Row]:
    """The institutions with most cases, open and closed; two queries."""
    counted = Report.objects.open().order_by().values_list("link__institution", "institution")
    waiting: Counter[int | None] = Counter()
    for of_link, named, cases in counted.annotate(cases=Count("pk")):
        waiting[of_link or named] += cases
    rows: dict[int | None, Row] = {key: Row("", open=n) for key, n in waiting.items()}
    for each in done:
        row = rows.setdefault(each.institution, Row(""))
        row.days.append(each.days)
        row.reopened += each.reopened
    worst = sorted(rows.items(), key=lambda item: -(item[1].open + len(item[1].days)))[:MOST_INSTITUTIONS]
    names = Institution.objects.in_bulk([key for key, _row in worst if key])
    for key, row in worst:
        row.words = names[key].name if key else _("No institution is known")
    return [row for _key, row in worst]


def as_csv(known: Figures) -> str:
    """The tables of the page under each other: table, row, column, value."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("table", "row", "column", "value"))
    for age, counts in known.grid:
        for severity, count in zip(order(), counts, strict=True):
            writer.writerow(("open", age, Severity(severity).label, count))
    for name, each in (("first_answer", known.first_answer), ("resolution", known.resolution)):
        writer.writerows(
            (("times", name, "median_days", each.median), ("times", name, "p90_days", each.ninth))
        )
    writer.writerow(("reopened", "all", "percent", known.reopened_percent))
    for table, rows in (("cause", known.causes), ("institution", known.institutions)):
        for row in rows:
            writer.writerows((table, row.words, column, value) for column, value in columns(row))
    return out.getvalue()


def columns(row: Row) -> list[tuple[str, int | float | None]]:
    """What is told of a cause or institution."""
    took = row.times
    return [
        ("open", row.open),
        ("closed", took.cases),
        ("median_days", took.median),
        ("p90_days", took.ninth),
        ("reopened_percent", row.reopened_percent),
    ]


def today_name() -> str:
    """The name of the file with the day in it."""
    return f"team-{localdate().isoformat()}.csv"
