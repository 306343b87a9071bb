"""Lets somebody who lost every passkey set up a new one: `manage.py forget_passkeys ADDRESS`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.actions import forget_second_factors
from accounts.models import User


class Command(BaseCommand):
    """For those who run the portal, once they know by other means who asks."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("address", help="the mail address of the sign-in")

    def handle(self, *args: Any, **options: Any) -> None:
        """Every second factor is forgotten, and every session ends; CommandError where nobody is found."""
        user = User.objects.filter(email=options["address"].lower()).first()
        if user is None:
            raise CommandError("There is no sign-in with this address.")
        forgotten = forget_second_factors(user=user, by=None, at=timezone.now())
        self.stdout.write(f"{forgotten} passkeys, code generators and sets of recovery codes are forgotten.")
