"""Adds and describes the institutions that send feeds."""

from typing import Any

from accounts.intake.commands import ImportCommand
from links.feeds.institutions import import_institutions


class Command(ImportCommand):
    """`import_institutions FILE`."""

    help = __doc__
    key = "code"

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the list."""
        self.read(options, lambda file, listeners: import_institutions(file, listeners=listeners))
