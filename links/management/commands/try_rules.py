"""For data officers, before new rules are adopted: what they would change of the verdicts that stand."""

import csv
import os
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.intake.commands import WRONG_USAGE, progress_bar
from links.categories import CATEGORIES
from links.management.commands.review_links import institution_of
from links.models import Link
from links.review import trial
from links.review.rules import RULES_VERSION
from links.review.runs import Scope
from links.review.trial import NOT_CHECKED, Difference, Trial

HEADER = (
    *("institution", "category", "reference", "old_verdict", "new_verdict"),
    *("old_reasons", "new_reasons", "old_rules", "new_rules", "effect"),
)
VERDICTS = [verdict for verdict in Link.Verdict.values if verdict]
NARROW, WIDE = 14, 34


class Command(BaseCommand):
    """Exit status: 0 done, 2 wrong usage."""

    help = (
        "Judge the links with the rules that are installed, store nothing, and list what would change "
        f"of what earlier rules found ({','.join(HEADER)}). It works beside a review that is running."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to look at, and where the list goes."""
        parser.add_argument("out", type=Path, nargs="?", metavar="OUT.csv", help="what would change")
        parser.add_argument("--institution", metavar="CODE")
        parser.add_argument("--category", choices=list(CATEGORIES), metavar="CATEGORY", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tables of what would change, where the brake would stop, and one summary line."""
        started = time.monotonic()
        scope = Scope(institution_of(options["institution"]), options["category"])
        shown = self.stdout.isatty()
        with (
            writing(options["out"]) as told,
            progress_bar("try_rules", total=trial.size(scope), shown=shown) as bar,
        ):
            found = trial.attempt(scope, on=timezone.localdate(), told=told, progress=bar)
        for line in (*verdict_table(found), "", *feed_table(found), "", *brake_lines(found)):
            self.stdout.write(line)
        self.stdout.write(summary(found, seconds=time.monotonic() - started))


@contextmanager
def writing(path: Path | None) -> Iterator[Callable[[Difference], None]]:
    """A listener that writes what would change to that file, readable by this user only, if there is one."""
    if path is None:
        yield lambda difference: None
        return
    try:
        file = os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8")
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}", returncode=WRONG_USAGE) from problem
    with file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        yield lambda difference: writer.writerow(cells(difference))


def cells(difference: Difference) -> list[str]:
    """What would change of one link; its reference and nothing of the person."""
    was, now = difference.was, difference.now
    reasons = [";".join(was.reasons), ";".join(now.reasons)]
    rules = [was.rules_version, RULES_VERSION]
    return [*difference[:3], was.verdict, now.verdict, *reasons, *rules, difference.effect]


def verdict_table(found: Trial) -> list[str]:
    """A row for each verdict that stands, a column for each that would."""
    moves: Counter[tuple[str, str]] = Counter()
    for (_feed, was, now), number in found.moves.items():
        moves[was, now] += number
    return [
        row("stands / would be", VERDICTS),
        *(row(was, [moves[was, now] for now in VERDICTS]) for was in (*VERDICTS, NOT_CHECKED)),
    ]


def feed_table(found: Trial) -> list[str]:
    """By kind, and by institution where something would change: the most changes first."""
    lines = [row("kind or institution", ["records", "change", "withhold", "release"])]
    for place in (1, 0):
        counts = [grouped(each, place) for each in (found.sizes, found.differing)]
        counts += [grouped(each, place) for each in (found.withheld, found.released)]
        names = sorted(counts[0], key=lambda name: (-counts[1][name], name))
        touched = [name for name in names if place == 1 or any(each[name] for each in counts[1:])]
        lines += [row(name, [each[name] for each in counts]) for name in touched]
    return lines


def grouped(counts: Counter[trial.Feed], place: int) -> Counter[str]:
    """The counts of feeds added up by institution (0) or kind (1)."""
    sums: Counter[str] = Counter()
    for feed, number in counts.items():
        sums[feed[place]] += number
    return sums


def brake_lines(found: Trial) -> list[str]:
    """Where the brake would stop."""
    return [
        f"The brake would stop: {code} {category}: {new} of {size} records would be withheld."
        for (code, category), (new, size) in sorted(found.stopped.items())
    ]


def row(name: str, columns: list[Any]) -> str:
    """A line of a table."""
    return name.ljust(WIDE) + "".join(str(column).rjust(NARROW) for column in columns)


def summary(found: Trial, *, seconds: float) -> str:
    """The one line at the end."""
    counts = {
        "checked": found.sizes.total(),
        "changed": found.differing.total(),
        "withheld": found.would_be_withheld,
        "released": found.released.total(),
        "stopped_feeds": len(found.stopped),
    }
    told = " ".join(f"{name}={count}" for name, count in counts.items())
    return f"rules={RULES_VERSION} {told} seconds={seconds:.1f}"
