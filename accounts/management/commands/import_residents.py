"""Brings the resident register up to date from its file."""

import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from accounts.intake.commands import WRONG_USAGE, ImportCommand
from accounts.register import Order, import_register
from links.review.rules.dates import read_date


class Command(ImportCommand):
    """`import_residents FILE [--as-of DATE]`."""

    help = __doc__
    key = "resident_code"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which day it describes, and whether numbers may change."""
        super().add_arguments(parser)
        parser.add_argument(
            "--as-of", metavar="DATE", help="the day that the register describes; today if not given"
        )
        parser.add_argument("--allow-number-change", action="store_true", help="let changed numbers through")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the register."""
        order = Order(
            as_of=day_of(options["as_of"]),
            at=timezone.now(),
            allow_number_change=options["allow_number_change"],
        )
        self.read(options, lambda file, listeners: import_register(file, order, listeners=listeners))


def day_of(text: str | datetime.date | None) -> datetime.date:
    """The day in any form; CommandError with 2 for a text that is none."""
    if not text:
        return timezone.localdate()
    day = text if isinstance(text, datetime.date) else read_date(text)
    if day is None:
        raise CommandError(f"--as-of: {text} is not a date.", returncode=WRONG_USAGE)
    return day
