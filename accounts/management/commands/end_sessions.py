"""Signs somebody out everywhere: `manage.py end_sessions ADDRESS [--switch-off]`, or `--everybody`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.actions import end_sessions, switch
from accounts.models import Session, User


class Command(BaseCommand):
    """For those who run the portal: a stolen device, somebody who left, a fault in the sign-in."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and whether the sign-in opens anything afterwards."""
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("address", nargs="?", help="the mail address of the sign-in")
        who.add_argument("--everybody", action="store_true", help="every session of the portal")
        then = parser.add_mutually_exclusive_group()
        then.add_argument("--switch-off", action="store_true", help="the sign-in opens nothing any more")
        then.add_argument("--switch-on", action="store_true", help="the sign-in opens again")

    def handle(self, *args: Any, **options: Any) -> None:
        """End them; CommandError where nobody is found, or everybody would be switched off."""
        if options["everybody"]:
            if options["switch_off"] or options["switch_on"]:
                raise CommandError("Only one sign-in at a time is switched off or on.")
            self.stdout.write(f"{end_sessions(Session.objects.all())} sessions ended.")
            return
        user = User.objects.filter(email=options["address"].lower(), left_at=None).first()
        if user is None:
            raise CommandError("There is no sign-in with this address.")
        active = options["switch_on"] or (user.is_active and not options["switch_off"])
        ended = switch(user=user, active=active, at=timezone.now())
        self.stdout.write(f"{ended} sessions ended; the sign-in is {'on' if active else 'off'}.")
