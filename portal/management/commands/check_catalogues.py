"""Fails where a message of the code has no translation in one of the languages, and lists what is missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import catalogues
from portal.environment import BASE_DIR


class Command(BaseCommand):
    """Compare the catalogues with the code."""

    help = __doc__
    requires_system_checks: list[str] = []  # noqa: RUF012 (Django's own declaration)

    def handle(self, *args: Any, **options: Any) -> None:
        """CommandError with one line for each gap."""
        gaps = catalogues.gaps(BASE_DIR)
        if gaps:
            raise CommandError("\n".join([f"Translations missing: {len(gaps)}", *gaps]))
