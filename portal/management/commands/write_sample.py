"""Write an invented register and feeds into a folder, to try the portal with."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from portal.sample.whole import write_sample


class Command(BaseCommand):
    """`write_sample FOLDER`: the same files for the same arguments."""

    help = "Write residents.csv, institutions.csv and one feed for each institution, all invented."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder, how many people, and what makes it repeatable."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--residents", type=int, default=1000)
        parser.add_argument("--seed", type=int, default=20231)
        parser.add_argument(
            "--as-of", type=parse_date, default=None, help="the day that the sample describes: today"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files, and say how many rows they have."""
        manifest = write_sample(
            options["folder"],
            residents=options["residents"],
            seed=options["seed"],
            as_of=options["as_of"] or timezone.localdate(),
        )
        feeds: Any = manifest["feeds"]
        records = sum(feed["rows"] for feed in feeds)
        residents: Any = manifest["residents"]
        self.stdout.write(f"residents={residents['rows']} feeds={len(feeds)} records={records}")
