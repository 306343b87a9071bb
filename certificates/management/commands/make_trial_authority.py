"""Makes an authority of this installation's own, to try out signing: `manage.py make_trial_authority`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates.signing import signer
from certificates.signing.authority import make_authority


class Command(BaseCommand):
    """Root, signer, clock and revocation list in VAR_DIR/authority; the list anew each time."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was made; CommandError in production, where a real authority signs."""
        if settings.TRIAL_AUTHORITY is None:
            raise CommandError(
                "In production a real authority signs: set SIGNING_CHAIN and what goes with it."
            )
        made = make_authority(settings.TRIAL_AUTHORITY, at=timezone.now())
        signer.forget()
        what = "Keys, certificates and a revocation list" if made else "A fresh revocation list"
        self.stdout.write(f"{what} in {settings.TRIAL_AUTHORITY}.")
