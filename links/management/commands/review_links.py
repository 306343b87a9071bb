"""Is each record really this person's? Reviews links in the terminal."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from links.categories import CATEGORIES
from links.models import Institution, Link, ReviewRun
from links.review import engine, setwise
from links.review.engine import Listener
from links.review.runs import ReviewError, Scope

USAGE = 2
VERDICTS = [verdict for verdict in Link.Verdict.values if verdict]


class Command(BaseCommand):
    """Exit status: 0 done, 1 another run is open, 2 wrong usage."""

    help = "Review the links: all, or those of an institution or a category, or what may have changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to look at."""
        parser.add_argument("--institution", metavar="CODE")
        parser.add_argument("--category", choices=list(CATEGORIES), metavar="CATEGORY", default="")
        parser.add_argument("--changed-only", action="store_true")
        parser.add_argument("--processes", type=int, default=1, metavar="N", help="how many share the work")
        parser.add_argument("--assist", type=int, metavar="RUN", help="take parts of a run that goes on")

    def handle(self, *args: Any, **options: Any) -> None:
        """Review, with a bar on a terminal and one summary line."""
        if options["assist"]:
            engine.assist(options["assist"])
            return
        scope = Scope(institution_of(options["institution"]), options["category"], options["changed_only"])
        started = time.monotonic()
        try:
            with progress() as told, assistants(options["processes"] - 1) as begun:
                run = engine.review(scope, at=timezone.now(), told=told, begun=begun)
        except ReviewError as refusal:
            raise CommandError(str(refusal)) from refusal
        for code, category, new, size in run.stopped_feeds:
            self.stderr.write(
                f"Stopped by the brake: {code} {category}: {new} of {size} records would be withheld."
            )
        self.stdout.write(summary(run, seconds=time.monotonic() - started))


def institution_of(code: str | None) -> Institution | None:
    """The institution with that code, None where no code was given; wrong usage where it is not known."""
    if code is None:
        return None
    institution = Institution.objects.filter(code=code).first()
    if institution is None:
        raise CommandError(f"There is no institution with the code {code}.", returncode=USAGE)
    return institution


def summary(run: ReviewRun, *, seconds: float) -> str:
    """The one line at the end."""
    counts = {
        "checked": run.checked,
        **{verdict: run.verdicts.get(verdict, 0) for verdict in VERDICTS},
        "withheld": run.withheld,
        "released": run.released,
    }
    return " ".join(f"{name}={count}" for name, count in counts.items()) + f" seconds={seconds:.1f}"


@contextmanager
def assistants(count: int) -> Iterator[Listener]:
    """A listener that forks so many processes once the run has parts to share; they end with it."""
    started: list[ForkProcess] = []

    def begun(run: ReviewRun) -> None:
        """They begin with the modules and the table of towns that are loaded here already."""
        if not setwise.available():
            return
        if count:
            setwise.shapes()
        for _place in range(count):
            process = get_context("fork").Process(target=assist, args=(run.pk,))
            process.start()
            started.append(process)

    yield begun
    for process in started:
        process.join()


def assist(run_id: int) -> None:
    """Take parts of the run over a connection of one's own, never over that of the process that forked."""
    connection.connection = None
    engine.assist(run_id)
    connection.close()


@contextmanager
def progress() -> Iterator[Listener]:
    """A listener that draws how far the run came where somebody sits at a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("review_links", total=None)

        def told(run: ReviewRun) -> None:
            """Move the bar."""
            bar.update(task, total=run.total, completed=run.checked)

        yield told
