"""Checks the whole installation: what Django knows of it, and the keys that Django knows nothing of."""

from typing import Any

from django.core.management.commands import check

from portal.preflight import check_keys


class Command(check.Command):
    """Django's own command, which first tries the keys."""

    def handle(self, *args: Any, **options: Any) -> None:
        """ImproperlyConfigured, one sentence, where a key cannot be used."""
        check_keys()
        super().handle(*args, **options)
