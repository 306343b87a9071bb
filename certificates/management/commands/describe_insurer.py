"""Describes an insurer: `manage.py describe_insurer NUMBER --issuing service|own|elsewhere`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from certificates.actions import describe_insurer
from certificates.models import Insurer
from certificates.refusal import CertificateError


class Command(BaseCommand):
    """What an insurer leaves to this service, by which rules, and who works for it here."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The insurer, its rules, its officers."""
        parser.add_argument("number", help="six or eight digits")
        parser.add_argument("--issuing", choices=Insurer.Issuing.values, required=True)
        parser.add_argument("--by-two", action="store_true", help="nothing is issued by itself")
        parser.add_argument("--years", type=int, help="at most so many years, one to five")
        parser.add_argument("--term-ends", default="", help="month and day, as 07-31")
        parser.add_argument("--officer", action="append", default=[], help="mail address; may be repeated")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what counts from now on."""
        try:
            insurer = describe_insurer(
                number=options["number"],
                issuing=options["issuing"],
                by_itself=not options["by_two"],
                most_years=options["years"],
                term_ends=options["term_ends"],
                officers=options["officer"],
                at=timezone.now(),
            )
        except CertificateError as refusal:
            raise CommandError(str(refusal)) from refusal
        seats = insurer.seats.count()
        self.stdout.write(f"{insurer.number}: {insurer.issuing}, officers {seats}.")
