"""What a run found, counted once it is over and kept: by kind, by institution, by cause."""

import csv
import io
import statistics
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from links.categories import CATEGORIES
from links.models import Change, Finding, Hold, Institution, Link, ReviewRun
from links.review import walk
from links.review.reasons import SENTENCES, sentence

A_DAY = 24 * 3600
INSTITUTIONS_SHOWN = 20
VERDICTS = [verdict for verdict in Link.Verdict if verdict]
HEADER = ("institution", "category", "verdict", "cause", "findings")


class Group(NamedTuple):
    """Findings of a run that are alike."""

    institution: str
    category: str
    verdict: str
    cause: str
    findings: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with its words, for a bar."""

    words: Promise | str
    value: int


@dataclass(frozen=True, slots=True)
class Line:
    """What was found in one part of the records, verdict by verdict."""

    words: Promise | str
    findings: list[int]


@dataclass(frozen=True, slots=True)
class Alarms:
    """What this run withheld and people decided about since; days from the hold to the decision."""

    withheld: int
    decided: int
    false: int
    median_days: int | None

    @property
    def precision(self) -> int | None:
        """How many percent of those decided were right; None where nothing was decided."""
        return 100 * (self.decided - self.false) // self.decided if self.decided else None


def groups(run: ReviewRun) -> list[Group]:
    """New findings of the run; of a run that is over they are counted once a day."""
    if run.state == ReviewRun.State.OPEN:
        return counted(run)
    key = f"review-run:{run.public_id}"
    found: list[Group] | None = cache.get(key)
    if found is None:
        found = counted(run)
        cache.set(key, found, timeout=A_DAY)
    return found


def counted(run: ReviewRun) -> list[Group]:
    """The same, counted now; one query."""
    cause = Cast(KT("reasons__0"), TextField())
    alike = Finding.objects.filter(run=run).values_list(
        "link__institution__code", "link__category", "verdict", cause
    )
    rows = alike.annotate(findings=Count("pk")).order_by("link__institution__code", "link__category")
    return [Group(code, kind, verdict, why or "", found) for code, kind, verdict, why, found in rows]


def standing(run: ReviewRun) -> list[Group]:
    """Every record that the run looked at by its verdict at the end, also where nothing was new."""
    return [Group(code, kind, verdict, "", records) for code, kind, verdict, records in run.standing]


def verdicts(run: ReviewRun) -> list[Counted]:
    """Everything that was checked, by its verdict."""
    return [Counted(verdict.label, run.verdicts.get(verdict, 0)) for verdict in VERDICTS]


def by_kind(found: Iterable[Group]) -> list[Line]:
    """Findings by kind of record."""
    lines = split(found, lambda group: group.category)
    return [Line(CATEGORIES[kind], lines[kind]) for kind in CATEGORIES if kind in lines]


def by_institution(found: Iterable[Group]) -> list[Line]:
    """Findings by institution: those with the most that point to another person."""
    lines = split(found, lambda group: group.institution)
    worst = sorted(lines, key=lambda code: (-lines[code][-1], -lines[code][-2], code))[:INSTITUTIONS_SHOWN]
    names = Institution.objects.in_bulk(worst, field_name="code")
    return [Line(names[code].name, lines[code]) for code in worst]


def split(found: Iterable[Group], part: Callable[[Group], str]) -> dict[str, list[int]]:
    """How many findings of each verdict each part has."""
    counts: dict[str, Counter[str]] = {}
    for group in found:
        counts.setdefault(part(group), Counter())[group.verdict] += group.findings
    return {name: [of[verdict] for verdict in VERDICTS] for name, of in counts.items()}


def causes(found: Iterable[Group]) -> list[Counted]:
    """Why records were not found right, the most frequent reason first."""
    counts: Counter[str] = Counter()
    for group in found:
        if group.verdict != Link.Verdict.MATCH and group.cause in SENTENCES:
            counts[group.cause] += group.findings
    return [Counted(sentence(code, "staff"), number) for code, number in counts.most_common()]


def unchecked(run: ReviewRun) -> list[Counted]:
    """Records within the run's scope without a verdict now, and why."""
    waiting = walk.waiting(walk.scoped(run), run)
    known = Exists(Finding.objects.filter(link=OuterRef("pk")))
    changed = waiting.filter(known).count()
    new = waiting.count() - changed
    return [
        Counted(_("New: they came after they could be checked"), new),
        Counted(_("Changed: the institution sent other data since the last check"), changed),
    ]


def alarms(run: ReviewRun) -> Alarms:
    """What became of the records that the run had withheld, at once or after a person looked; one query."""
    released = Change.objects.filter(
        link=OuterRef("link"),
        kind=Change.Kind.SETTLED_RIGHT,
        at__gte=OuterRef("placed_at"),
        at__lte=OuterRef("lifted_at"),
    )
    decided = Hold.objects.filter(run=run, lifted_by__isnull=False).annotate(false=Exists(released))
    rows = list(decided.values_list("placed_at", "lifted_at", "false"))
    days = [(lifted_at - placed_at).days for placed_at, lifted_at, _false in rows if lifted_at]
    return Alarms(
        withheld=run.withheld,
        decided=len(rows),
        false=sum(false for _placed_at, _lifted_at, false in rows),
        median_days=statistics.median_high(days) if days else None,
    )


def as_csv(run: ReviewRun) -> str:
    """New findings of the run, a line a group: nobody's data."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(groups(run))
    return out.getvalue()
