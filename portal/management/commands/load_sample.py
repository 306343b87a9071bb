"""Loads invented people, their records and sign-ins to try, unless a register is loaded already."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from accounts.models import Resident
from portal.sample.loading import load, remember


class Command(BaseCommand):
    """Load the sample once."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Load all of it or nothing, so that a first start that was killed can simply be repeated."""
        if Resident.objects.exists():
            self.stdout.write("A register is loaded already: the sample is left out.")
            return
        with transaction.atomic():
            people = load(at=timezone.now())
        remember(people, settings.VAR_DIR / "sign-ins.json")
        self.stdout.write(f"Loaded {Resident.objects.count()} invented residents.")
