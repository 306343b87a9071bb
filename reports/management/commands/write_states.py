"""Writes docs/states.md out of the table of states: `manage.py write_states`."""

from typing import Any

from django.core.management.base import BaseCommand

from reports.state_chart import DOCUMENT, document


class Command(BaseCommand):
    """For whoever changed the table."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the document."""
        DOCUMENT.write_text(document(), encoding="utf-8")
        self.stdout.write(f"{DOCUMENT} is written.")
