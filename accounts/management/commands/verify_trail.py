"""Goes through the trail: is every entry what was sealed, does the chain hold, do the signed heads agree?"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import verifying

WRONG_USAGE = 2


class Command(BaseCommand):
    """Exit status: 0 nothing was changed or removed, 1 something was, 2 wrong usage."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Heads that were kept elsewhere."""
        parser.add_argument(
            "--heads",
            metavar="FILE",
            type=Path,
            help="a copy of /trail/heads.json, made earlier and kept elsewhere",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, and say what was found."""
        tokens = tokens_in(options["heads"]) if options["heads"] else []
        report = verifying.verify(at=timezone.now(), published=tokens)
        *details, end = verifying.sentences(report)
        for line in details:
            self.stdout.write(line)
        if report.count:
            raise CommandError(end)
        self.stdout.write(end)


def tokens_in(path: Path) -> list[str]:
    """The signed heads in a copy of the published file; CommandError with 2 where it is none."""
    try:
        return [str(head["token"]) for head in json.loads(path.read_text())["heads"]]
    except (OSError, ValueError, TypeError, KeyError) as problem:
        raise CommandError(f"{path} is no copy of /trail/heads.json.", returncode=WRONG_USAGE) from problem
