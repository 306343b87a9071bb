"""Compile the message catalogues; needs no system gettext."""

from typing import Any

from django.core.management.base import BaseCommand

from portal import catalogues
from portal.environment import BASE_DIR


class Command(BaseCommand):
    """Compile the message catalogues; needs no system gettext."""

    help = __doc__
    requires_system_checks: list[str] = []  # noqa: RUF012 (Django's own declaration)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it."""
        catalogues.compile_all(BASE_DIR)
