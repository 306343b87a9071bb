"""Writes a backup of this moment while the service goes on: `manage.py back_up FOLDER`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.backup import BackupError, back_up


class Command(BaseCommand):
    """Exit status: 0 written, 1 not."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path, help="each backup is a folder of its own in it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, and say where it is."""
        try:
            folder = back_up(options["folder"], at=timezone.now())
        except (BackupError, OSError) as refusal:
            raise CommandError(f"No backup was written. {refusal}") from refusal
        self.stdout.write(str(folder))
