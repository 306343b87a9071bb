"""Gives the tables that only grow a partition for this month and the next two, where it is missing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from notices.partitions import PartitionError, empty_default, make_ahead, partitioned


class Command(BaseCommand):
    """Exit status: 0 done, 1 something stands in the way."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether rows may be moved."""
        parser.add_argument(
            "--move-rows",
            action="store_true",
            help="also give rows in a default partition their months; nobody can use the table meanwhile",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing, and say what was made and moved."""
        if connection.vendor != "postgresql":
            self.stdout.write("This database keeps its tables whole: there is nothing to make.")
            return
        try:
            if options["move_rows"]:
                self.move_rows()
            made = make_ahead(connection, on=timezone.localdate())
        except PartitionError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("\n".join(made) or "The months ahead have their partitions.")

    def move_rows(self) -> None:
        """Empty the default partitions one by one, and say after each how many rows it held."""
        for table, column in partitioned(connection).items():
            rows = empty_default(connection, table, column)
            self.stdout.write(f"{table}: {rows} rows moved to months of their own.")
