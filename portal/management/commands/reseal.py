"""Does anew what older keys of the vault did: seals numbers, files and keys of imports, and finds numbers."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone

from accounts import resealing, vault
from accounts.resealing import Tally
from certificates.bulk.resealing import keys as letter_keys
from links.uploads.resealing import keys

KINDS: dict[str, Callable[[], Iterator[Tally]]] = {
    "numbers": resealing.numbers,
    "files": resealing.files,
    "second factors": resealing.factors,
    "keys of imports": keys,
    "keys of letters": letter_keys,
}


class Command(BaseCommand):
    """Exit status: 0 everything is sealed with the present key, 1 not. Killed, it goes on when run again."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal anew until a whole round finds nothing that an older key sealed."""
        try:
            vault.mark()
            vault.index_mark()
            closed = self.all_rounds()
        except ImproperlyConfigured as problem:
            raise CommandError(str(problem)) from None
        except OperationalError as problem:
            raise CommandError(f"The database did not answer ({problem}). Run this again.") from problem
        if closed:
            raise CommandError(
                f"{len(closed)} cannot be opened with the keys of VAULT_KEYSET, or two people have one "
                f"number, and stayed as they are; the first is {closed[0]}. Keep every older key until then."
            )
        if codes := resealing.codes_of_older_keys(at=timezone.now()):
            self.stdout.write(
                f"{codes} codes that lie in letters or with helpers were made with the older key of "
                "VAULT_INDEX_KEYSET: they open nothing once it is dropped. None lives longer than 30 days."
            )
        self.stdout.write("Everything is sealed and found with the present keys: older keys may be dropped.")

    def all_rounds(self) -> list[str]:
        """What cannot be opened, once nothing else is left; requests go on sealing meanwhile."""
        while True:
            tallies = {name: sum(seal(), Tally()) for name, seal in KINDS.items()}
            for name, tally in tallies.items():
                self.stdout.write(f"{name}: {tally.changed} sealed anew")
            if not any(tally.changed for tally in tallies.values()):
                return [thing for tally in tallies.values() for thing in tally.closed]
