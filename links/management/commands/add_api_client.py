"""Lets a machine of an institution use the API: takes its public key, prints its client id."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.intake.commands import REFUSED, WRONG_USAGE
from links.clients import add_client
from links.models import ApiClient, Institution
from links.tokens import UnfitKey

LARGEST_FILE = 16_384


class Command(BaseCommand):
    """`add_api_client --institution CODE --jwk FILE [--read-only]`."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose machine it is, and its key."""
        parser.add_argument("--institution", required=True, metavar="CODE")
        parser.add_argument(
            "--jwk", required=True, type=Path, help="public JSON Web Key: P-256, or RSA of 3072"
        )
        parser.add_argument("--read-only", action="store_true", help="it may ask, and send nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add it; exit status 1 where the key is unfit or the institution is not known, 2 without a file."""
        institution = Institution.objects.filter(code=options["institution"]).first()
        if institution is None:
            raise CommandError("There is no institution with this code.", returncode=REFUSED)
        scopes = [ApiClient.Scope.READ] if options["read_only"] else list(ApiClient.Scope)
        try:
            client = add_client(
                institution=institution, jwk=parsed(options["jwk"]), scopes=scopes, by=None, at=timezone.now()
            )
        except UnfitKey as problem:
            raise CommandError(str(problem), returncode=REFUSED) from problem
        self.stdout.write(client.client_id)


def parsed(path: Path) -> object:
    """What the file says, None where it is no JSON; CommandError with 2 where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return json.loads(file.read(LARGEST_FILE))
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}", returncode=WRONG_USAGE) from problem
    except ValueError:
        return None
