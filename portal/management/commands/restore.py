"""Reads a backup into the empty database of this installation and compares it: `manage.py restore FOLDER`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.backup import BackupError, restore


class Command(BaseCommand):
    """Exit status: 0 restored and equal, 1 not."""

    help = __doc__
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one."""
        parser.add_argument("folder", type=Path, help="what back_up wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read it, compare it, and say what is there now."""
        try:
            contents = restore(options["folder"])
        except (BackupError, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        rows = sum(contents["counts"].values())
        self.stdout.write(f"Restored {rows:,} rows as they were at {contents['at']}. Now: verify_trail.")
