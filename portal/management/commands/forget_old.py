"""manage.py forget_old [--dry-run]: removes what is over by the rules of portal/privacy/rules.py."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.privacy.forgetting import forget_old


class Command(BaseCommand):
    """What beat does each night; with --dry-run it only counts."""

    help = "Removes what is over by the rules (portal/privacy/rules.py); beat does it each night."

    def add_arguments(self, parser: CommandParser) -> None:
        """One choice."""
        parser.add_argument("--dry-run", action="store_true", help="count only, remove nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """A line a rule, as it is done."""
        for code, count in forget_old(at=timezone.now(), dry_run=dry_run):
            self.stdout.write(f"{code}={count}")
