"""For data officers who tune rules: what the rules say about pairs that nobody has to have in a database."""

import csv
import os
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts.intake.columns import Column, Form, Header, read_header
from accounts.intake.commands import REFUSED, UNKNOWN_COLUMN, WRONG_USAGE
from accounts.intake.encoding import detect
from accounts.intake.fields import as_sent
from accounts.intake.refusal import FeedRefused
from links.review.rules import Person, compare

SIDES = ("registry", "record")
ELEMENTS = ("kanji", "kana", "dob", "sex", "address")
COLUMNS = ("id", *(f"{side}_{element}" for side in SIDES for element in ELEMENTS))
LONGEST = 1000
FORM = Form("id", tuple(Column(name, as_sent(LONGEST)) for name in COLUMNS))
RESULT = ("id", "verdict", "reasons")
VERDICTS = ("match", "unverifiable", "review", "mismatch")
NO_SIDE = _("No column of this file begins with %(side)s_: it holds no pairs.")
ABSENT = _("Warning: the column %(column)s is not there; it counts as empty.")
TOO_LONG = _("Line %(line)s has more cells than the header.")
SAME_FILE = _("The verdicts cannot be written over the pairs.")


class Command(BaseCommand):
    """Exit status: 0 done, 1 the file was refused, 2 wrong usage."""

    help = f"Compare pairs of people in a CSV file ({', '.join(COLUMNS)}); writes {','.join(RESULT)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and where the verdicts go."""
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--out", type=Path, metavar="OUT.csv", help="instead of the standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line of output a pair, in the order of the file, and a summary beside them."""
        started, path, out = time.monotonic(), options["file"], options["out"]
        try:
            if out and out.exists() and out.samefile(path):
                raise CommandError(gettext(SAME_FILE), returncode=WRONG_USAGE)
            with opened(path) as file:
                counted = self.judge(file, out)
        except BrokenPipeError:
            # Whoever reads has seen enough (head); the interpreter must not complain while it closes.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            return
        except OSError as problem:
            raise CommandError(str(problem), returncode=WRONG_USAGE) from problem
        except (FeedRefused, csv.Error) as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        found = " ".join(f"{verdict}={counted[verdict]}" for verdict in VERDICTS)
        seconds = time.monotonic() - started
        self.stderr.write(f"pairs={counted.total()} {found} seconds={seconds:.1f}", self.style.NOTICE)

    def judge(self, file: TextIO, out: Path | None) -> Counter[str]:
        """Judges and writes every pair; the verdicts, counted."""
        reader = csv.reader(file, strict=True)
        header = read_header(next(reader, []), FORM)
        self.tell(header)
        counted: Counter[str] = Counter()
        if out is None:
            write(self.stdout, judged(reader, header, counted), end="\n")
        else:
            with replacing(out) as whole:
                write(whole, judged(reader, header, counted), end="\r\n")
        return counted

    def tell(self, header: Header) -> None:
        """Warns of columns that are not known or not there; refuses a file without one of the sides."""
        found = {column.name for _position, column in header.found}
        for side in SIDES:
            if not any(name.startswith(f"{side}_") for name in found):
                raise FeedRefused(NO_SIDE, side=side)
        warnings = [gettext(UNKNOWN_COLUMN) % {"column": name or '""'} for name in header.unknown]
        warnings += [gettext(ABSENT) % {"column": name} for name in COLUMNS if name not in found]
        for warning in warnings:
            self.stderr.write(warning, self.style.WARNING)


def opened(path: Path) -> TextIO:
    """The file as text, in the encoding that it is in; FeedRefused for any but UTF-8 and CP932."""
    with path.open("rb") as file:
        encoding = detect(file)
    return path.open(encoding="utf-8-sig" if encoding.skip else encoding.codec, newline="")


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A file that takes the path's place when all of it is written, and leaves nothing otherwise."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            yield file
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def write(file: Any, rows: Iterable[tuple[str, ...]], *, end: str) -> None:
    """The verdicts as CSV; the header stands before the first pair is read."""
    writer = csv.writer(file, lineterminator=end)
    writer.writerow(RESULT)
    writer.writerows(rows)


def judged(reader: Any, header: Header, counted: Counter[str]) -> Iterator[tuple[str, str, str]]:
    """Id, verdict and reasons of each pair, as a stream; an absent id is the line's number."""
    places = {column.name: position for position, column in header.found}
    numbered = "id" not in places
    for cells in reader:
        if len(cells) > len(header.headings):
            raise FeedRefused(TOO_LONG, line=reader.line_num)
        if not any(cells):
            continue
        pair = {name: cells[at] if at < len(cells) else "" for name, at in places.items()}
        found = compare(person(pair, "registry"), person(pair, "record"))
        counted[found.verdict] += 1
        yield str(reader.line_num) if numbered else pair["id"], found.verdict, ";".join(found.reasons)


def person(pair: dict[str, str], side: str) -> Person:
    """One side of the pair; a cell that the file does not have is empty."""
    name, kana, birth_date, sex, address = (pair.get(f"{side}_{element}", "") for element in ELEMENTS)
    return Person(name, kana, birth_date, sex, address)
