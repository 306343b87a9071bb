"""Bring the message catalogues up to the messages of code and templates."""

from typing import Any

from django.core.management.base import BaseCommand

from portal import catalogues
from portal.environment import BASE_DIR


class Command(BaseCommand):
    """Bring the message catalogues up to the messages of code and templates."""

    help = __doc__
    requires_system_checks: list[str] = []  # noqa: RUF012 (Django's own declaration)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it."""
        catalogues.update(BASE_DIR)
