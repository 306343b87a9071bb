"""Removes the personal parts of the trail that are older than seven years; their seals stay."""

import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.emptying import TooEarly, empty_trail

WRONG_USAGE = 2


class Command(BaseCommand):
    """Exit status: 0 done, 1 refused (nothing removed), 2 wrong usage."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """From before which month."""
        parser.add_argument(
            "--before", metavar="YYYY-MM", required=True, help="the first month that stays whole"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them, and say how many."""
        try:
            month = datetime.date.fromisoformat(f"{options['before']}-01")
        except ValueError:
            raise CommandError("--before wants a month, such as 2019-04.", returncode=WRONG_USAGE) from None
        try:
            rows = empty_trail(before=month, by=None, at=timezone.now())
        except TooEarly as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The personal parts of {rows:,} entries were removed. Their seals stay.")
