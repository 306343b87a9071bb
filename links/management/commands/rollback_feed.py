"""Undoes one import as a whole, back to the state before."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.intake.commands import REFUSED
from links.feeds.rollback import Obstacle, RollbackRefused
from links.importing import rollback_feed


class Command(BaseCommand):
    """`rollback_feed IMPORT_ID`; exit status: 0 done, 1 refused and nothing changed, 2 wrong usage."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which import: `import_feed` says its number, and so does the staff page."""
        parser.add_argument("import_id", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Roll back; lists what stands in the way where it cannot be."""
        started = time.monotonic()
        try:
            undone = rollback_feed(options["import_id"], by=None, at=timezone.now())
        except RollbackRefused as refusal:
            for obstacle in refusal.obstacles:
                self.stderr.write(told(obstacle))
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        seconds = time.monotonic() - started
        self.stdout.write(f"taken_back={undone.taken_back} restored={undone.restored} seconds={seconds:.1f}")


def told(obstacle: Obstacle) -> str:
    """One line for one record in the way."""
    who = f"import={obstacle.feed_import_id}" if obstacle.feed_import_id else "by=person"
    return f"reference={obstacle.reference} {obstacle.kind} at={obstacle.at:%Y-%m-%dT%H:%M:%SZ} {who}"
