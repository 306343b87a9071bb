"""The file of rejected rows that goes back to the sender: numbers masked, formulas disarmed."""

import csv
import re
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext

from accounts.intake.reading import Reject

HEADER = ("line", "column", "reason", "value", "key", "individual_number")
SHOWN_CHARACTERS = 100

_GAP = r"[\s\-‐‑‒–—―−－]*"
_LONG_NUMBER = re.compile(rf"(?:[0-9０-９]{_GAP}){{11,}}[0-9０-９]")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def masked(number: str) -> str:
    """Stars and the last four characters."""
    number = "".join(number.split())
    return "*" * max(0, len(number) - 4) + number[-4:] if len(number) > 4 else "*" * len(number)


def without_numbers(text: str) -> str:
    """The text with everything in it that is as long as an individual number masked."""
    return _LONG_NUMBER.sub(lambda found: masked(found[0]), text)


def disarmed(text: str) -> str:
    """The text as a spreadsheet shows it and does not run it, without control characters; its beginning."""
    return for_spreadsheet(_CONTROL.sub("\ufffd", text)[:SHOWN_CHARACTERS])


def for_spreadsheet(text: str) -> str:
    """The text, which no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


class RejectsWriter:
    """Writes rejects as CSV into an open text file."""

    def __init__(self, file: TextIO, *, key: str) -> None:
        """`key` names the column by which people find a row again."""
        self._key = key
        self._file = file
        self._writer = csv.writer(file)
        self._writer.writerow([key if name == "key" else name for name in HEADER])

    def write(self, reject: Reject) -> None:
        """One line for one rejected row."""
        number = masked(reject.cells.get("individual_number", ""))
        is_number = reject.value and reject.value == reject.cells.get("individual_number")
        value = number if is_number else without_numbers(reject.value)
        key = without_numbers(reject.cells.get(self._key, ""))
        cells = (reject.column, gettext(reject.reason), value, key, number)
        self._writer.writerow([reject.line, *map(disarmed, cells)])


class RejectsFile(RejectsWriter):
    """Writes rejects to a CSV file in UTF-8; a context manager."""

    def __init__(self, path: Path, *, key: str) -> None:
        super().__init__(path.open("w", encoding="utf-8", newline=""), key=key)

    def __enter__(self) -> "RejectsFile":
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()
