"""The whole report of a run as one file: counts only, nobody's data."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator

from links.models import ReviewRun
from links.reviewing import report

HEADER = ("part", "name", "verdict", "value")
Row = tuple[str, str, str, int | str]


def as_csv(run: ReviewRun) -> str:
    """A line a figure, in codes; empty where nobody knows it yet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(rows(run))
    return out.getvalue()


def rows(run: ReviewRun) -> Iterator[Row]:
    """What was checked and what not, what stands and what is new by part, and what people decided."""
    new, changed = report.unchecked(run)
    alarms = report.alarms(run)
    yield ("run", "checked", "", run.checked)
    yield from (("run", "checked", verdict, run.verdicts.get(verdict, 0)) for verdict in report.VERDICTS)
    yield from (("run", "not_checked_new", "", new.value), ("run", "not_checked_changed", "", changed.value))
    yield from (("run", "withheld", "", run.withheld), ("run", "released", "", run.released))
    yield from split("standing", report.standing(run), ("category", "institution"))
    yield from split("new", report.groups(run), ("category", "institution", "cause"))
    yield ("decided", "alarms", "", alarms.decided)
    yield ("decided", "false_alarms", "", alarms.false)
    yield ("decided", "right_percent", "", "" if alarms.precision is None else alarms.precision)
    yield ("decided", "median_days", "", "" if alarms.median_days is None else alarms.median_days)


def split(which: str, groups: list[report.Group], parts: Iterable[str]) -> Iterator[Row]:
    """Findings by each of these parts, each verdict by itself."""
    for part in parts:
        counts: Counter[tuple[str, str]] = Counter()
        for group in groups:
            counts[getattr(group, part), group.verdict] += group.findings
        yield from (
            (f"{which}_{part}", name, verdict, number) for (name, verdict), number in sorted(counts.items())
        )
