"""Writes what the review found, one row for each record that is active or ended."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.intake.commands import WRONG_USAGE, progress_bar
from accounts.intake.counts import Counts
from accounts.intake.rejects import for_spreadsheet
from links.feeds.export import export_findings, exported


class Command(BaseCommand):
    """`export_findings OUT.csv [--for-spreadsheet]`."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("out", type=Path, metavar="OUT.csv")
        help_ = "put a mark before what a spreadsheet would run as a formula"
        parser.add_argument("--for-spreadsheet", action="store_true", help=help_)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, readable by this user only, and say how many rows it has."""
        path = Path(options["out"])
        try:
            path.touch(mode=0o600)
            out = path.open("w", encoding="utf-8", newline="")
        except OSError as problem:
            raise CommandError(f"{path}: {problem.strerror}", returncode=WRONG_USAGE) from problem
        started = time.monotonic()
        with out, progress_bar(path.name, total=exported().count(), shown=self.stdout.isatty()) as progress:
            cell = for_spreadsheet if options["for_spreadsheet"] else str
            rows = export_findings(out, by=None, at=timezone.now(), progress=progress, cell=cell)
        self.stdout.write(Counts(rows=rows).summary(seconds=time.monotonic() - started))
