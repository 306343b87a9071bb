"""Shuts a machine of an institution out of the API, at once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.intake.commands import REFUSED
from links.clients import revoke_client
from links.models import ApiClient


class Command(BaseCommand):
    """`revoke_api_client CLIENT_ID`."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one: `add_api_client` printed its id."""
        parser.add_argument("client_id")

    def handle(self, *args: Any, **options: Any) -> None:
        """Revoke it; exit status 1 where nobody has this id."""
        client = ApiClient.objects.filter(client_id=options["client_id"]).first()
        if client is None:
            raise CommandError("There is no client with this id.", returncode=REFUSED)
        revoke_client(client=client, by=None, at=timezone.now())
