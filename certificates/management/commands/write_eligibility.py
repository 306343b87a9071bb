"""Writes docs/eligibility.md out of the rules: `manage.py write_eligibility`."""

from typing import Any

from django.core.management.base import BaseCommand

from certificates.decision_table import DOCUMENT, document


class Command(BaseCommand):
    """For whoever changed a rule."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the document."""
        DOCUMENT.write_text(document(), encoding="utf-8")
        self.stdout.write(f"{DOCUMENT} is written.")
