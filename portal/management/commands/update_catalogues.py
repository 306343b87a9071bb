"""Bring the message catalogues up to the messages of code and templates."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal import catalogues


class Command(BaseCommand):
    """Bring the message catalogues up to the messages of code and templates."""

    help = __doc__
    requires_system_checks: list[str] = []  # noqa: RUF012 (Django's own declaration)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it."""
        catalogues.update(settings.BASE_DIR)
