"""Imports one institution's file of one category, in CSV or in FHIR: all of it, or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from accounts.intake.commands import WRONG_USAGE, ImportCommand
from accounts.intake.fields import CODE
from links.categories import CATEGORIES
from links.feeds.store import FORMATS, MAX_REMOVED_PERCENT, Order
from links.importing import import_feed

FHIR_CATEGORY = "health_insurance"


class Command(ImportCommand):
    """`import_feed FILE --institution CODE [--category CATEGORY] [--format fhir] [--dry-run] …`."""

    help = __doc__
    key = "reference"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose file it is, and how far it may go."""
        super().add_arguments(parser)
        parser.add_argument(
            "--institution", required=True, metavar="CODE", help="letters, digits, - and _, up to 32"
        )
        parser.add_argument("--category", choices=list(CATEGORIES), help="with FHIR it is health_insurance")
        parser.add_argument("--format", choices=list(FORMATS), default="csv")
        parser.add_argument(
            "--dry-run", action="store_true", help="count what would change, and store nothing"
        )
        parser.add_argument("--complete", action="store_true", help="records that the file lacks are removed")
        parser.add_argument("--max-removed", type=float, default=MAX_REMOVED_PERCENT, metavar="PERCENT")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the feed."""
        order = order_of(options)
        self.read(options, lambda file, listeners: import_feed(file, order, listeners=listeners))


def order_of(options: dict[str, Any]) -> Order:
    """The options as an order; CommandError with 2 where one is impossible."""
    if not CODE.fullmatch(options["institution"]):
        raise CommandError("--institution: letters, digits, - and _, up to 32.", returncode=WRONG_USAGE)
    if not 0 <= options["max_removed"] <= 100:
        raise CommandError("--max-removed: a percentage from 0 to 100.", returncode=WRONG_USAGE)
    return Order(
        institution=options["institution"],
        category=category_of(options),
        today=timezone.localdate(),
        at=timezone.now(),
        format=options["format"],
        file_name=Path(options["file"]).name,
        complete=options["complete"],
        dry_run=options["dry_run"],
        max_removed=options["max_removed"],
    )


def category_of(options: dict[str, Any]) -> str:
    """What is asked for; FHIR has one category, which need not be named. CommandError with 2."""
    wanted: str | None = options["category"]
    if options["format"] == "fhir":
        if wanted not in (None, FHIR_CATEGORY):
            raise CommandError(f"--category: only {FHIR_CATEGORY} comes in FHIR.", returncode=WRONG_USAGE)
        return FHIR_CATEGORY
    if wanted is None:
        raise CommandError("--category: which one?", returncode=WRONG_USAGE)
    return wanted
