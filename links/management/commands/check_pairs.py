"""For data officers who tune rules: what the rules say about pairs that nobody has to have in a database."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext_noop as _

from accounts.intake.encoding import detect
from accounts.intake.refusal import FeedRefused
from links.review.rules import Person, compare

USAGE = 2
ELEMENTS = ("kanji", "kana", "dob", "sex", "address")
COLUMNS = ("id", *(f"{side}_{element}" for side in ("registry", "record") for element in ELEMENTS))
RESULT = ("id", "verdict", "reasons")
MISSING = _("These columns are missing: %(columns)s")


class Command(BaseCommand):
    """Exit status: 0 done, 1 the file was refused, 2 wrong usage."""

    help = f"Compare pairs of people in a CSV file ({', '.join(COLUMNS)}); writes {','.join(RESULT)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and where the verdicts go."""
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--out", type=Path, metavar="OUT.csv", help="instead of the standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line of output a line of input, in their order."""
        try:
            with opened(options["file"]) as file:
                self.write(judged(file), options["out"])
        except OSError as problem:
            raise CommandError(str(problem), returncode=USAGE) from problem
        except (FeedRefused, csv.Error) as refusal:
            raise CommandError(str(refusal)) from refusal

    def write(self, rows: Iterator[tuple[str, str, str]], out: Path | None) -> None:
        """The verdicts as CSV; the header stands before the first pair is read."""
        if out is None:
            csv.writer(self.stdout, lineterminator="\n").writerows([RESULT])
            csv.writer(self.stdout, lineterminator="\n").writerows(rows)
            return
        with out.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([RESULT])
            csv.writer(file).writerows(rows)


def opened(path: Path) -> TextIO:
    """The file as text, in the encoding that it is in; FeedRefused for any but UTF-8 and CP932."""
    with path.open("rb") as file:
        encoding = detect(file)
    return path.open(encoding="utf-8-sig" if encoding.skip else encoding.codec, newline="")


def judged(file: TextIO) -> Iterator[tuple[str, str, str]]:
    """Id, verdict and reasons of each pair, as a stream."""
    reader = csv.DictReader(file, restval="", strict=True)
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise FeedRefused(MISSING, columns=", ".join(missing))
    for row in reader:
        found = compare(person(row, "registry"), person(row, "record"))
        yield row["id"], found.verdict, ";".join(found.reasons)


def person(row: dict[str, str], side: str) -> Person:
    """One side of the pair."""
    name, kana, birth_date, sex, address = (row[f"{side}_{element}"] for element in ELEMENTS)
    return Person(name, kana, birth_date, sex, address)
