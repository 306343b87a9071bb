"""From lines to rows of cells: a stream in constant memory, with the physical line number of each row.

Python's csv module splits the cells; around it stand the rules of the contract that it does not know:
only a line feed ends a line, a row has a largest size, and one bad row costs no other row.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext_noop as _

from accounts.intake.encoding import Encoding
from accounts.intake.refusal import FeedRefused

ROW_BYTES = 1_000_000
CELL_CHARACTERS = 1_000
MOST_COLUMNS = 200

ROW_TOO_LONG = _("Line %(line)s begins a row of more than 1 MB. Perhaps a quotation mark is missing.")
TOO_MANY_COLUMNS = _("Line %(line)s has more than 200 columns.")
QUOTE_NEVER_CLOSES = _("A quotation mark that opens on line %(line)s is never closed.")
CHANGED_MEANWHILE = _("The file changed while it was read.")

CONTROL_CHARACTERS = _("This cell has control characters.")
CELL_TOO_LONG = _("This cell has more than 1,000 characters.")
TEXT_AFTER_QUOTE = _("There is text after a closing quotation mark.")
TOO_FEW_CELLS = _("This row has fewer cells than the header.")
TOO_MANY_CELLS = _("This row has more cells than the header.")

# Everything that Unicode calls a control character, but the line feed of a cell over several lines.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")

csv.field_size_limit(ROW_BYTES)


class Cells(NamedTuple):
    """One row as it came: the line where it begins, and its cells."""

    line: int
    cells: list[str]


class Broken(NamedTuple):
    """A row that cannot be used: `column` counts from 0 and is None where the row as a whole is wrong."""

    line: int
    column: int | None
    reason: str
    cells: list[str]


class _Lines:
    """Decoded physical lines of a file; remembers those of the row being read, and can take lines back."""

    def __init__(self, file: BinaryIO, encoding: Encoding) -> None:
        file.seek(encoding.skip)
        self._file = file
        self._codec = encoding.codec
        self._again: deque[str] = deque()
        self._size = 0
        self.row: list[str] = []
        self.number = 0
        self.ended = False

    def begin_row(self) -> int:
        """Forget the row before; returns the line number at which the next one begins."""
        self.row.clear()
        self._size = 0
        return self.number + 1

    def keep_only_first(self) -> None:
        """Give all lines of this row back but its first."""
        self._again.extendleft(reversed(self.row[1:]))
        self.number -= len(self.row) - 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._read()
        self.row.append(line)
        self.number += 1
        return line

    def _read(self) -> str:
        data = self._file.readline(ROW_BYTES + 1 - self._size)
        self._size += len(data)
        if self._size > ROW_BYTES:
            raise FeedRefused(ROW_TOO_LONG, line=self.number + 1 - len(self.row))
        if not data:
            self.ended = True
            raise StopIteration
        return self._decoded(data)

    def _decoded(self, data: bytes) -> str:
        try:
            line = data.decode(self._codec)
        except UnicodeDecodeError as error:
            raise FeedRefused(CHANGED_MEANWHILE) from error
        if "\r" in line:  # csv would end a row at any of them: a lone one becomes another control character
            line = line.replace("\r\n", "\n").replace("\r", "\v")
        return line


def read_rows(file: BinaryIO, encoding: Encoding) -> Iterator[Cells | Broken]:
    """Every row that is not blank, the header first; FeedRefused where the file as a whole is unreadable."""
    lines = _Lines(file, encoding)
    parser = csv.reader(lines, strict=True)
    width = 0
    while (row := _next_row(parser, lines)) is not None:
        width = width or len(row.cells) or 1
        if isinstance(row, Broken):
            yield row
        elif any(map(str.strip, row.cells)) or row.line == 1:
            yield _checked(row, width, lines)


def _next_row(parser: Iterator[list[str]], lines: _Lines) -> Cells | Broken | None:
    start = lines.begin_row()
    try:
        return Cells(start, next(parser))
    except StopIteration:
        return None
    except csv.Error as error:
        if lines.ended:
            raise FeedRefused(QUOTE_NEVER_CLOSES, line=start) from error
        lines.keep_only_first()
        return Broken(start, None, TEXT_AFTER_QUOTE, [])


def _checked(row: Cells, width: int, lines: _Lines) -> Cells | Broken:
    """The row itself, or what is wrong with its shape."""
    count = len(row.cells)
    if count > MOST_COLUMNS:
        raise FeedRefused(TOO_MANY_COLUMNS, line=row.line)
    if count != width:
        return Broken(row.line, None, TOO_FEW_CELLS if count < width else TOO_MANY_CELLS, row.cells)
    for line in lines.row:
        if len(line) > CELL_CHARACTERS or _CONTROL.search(line):
            return first_bad_cell(row)
    return row if len(lines.row) < 3 else first_bad_cell(row)


def first_bad_cell(row: Cells) -> Cells | Broken:
    """The row itself, or what is wrong with the first cell that cannot be used."""
    for position, cell in enumerate(row.cells):
        if _CONTROL.search(cell):
            return Broken(row.line, position, CONTROL_CHARACTERS, row.cells)
        if len(cell) > CELL_CHARACTERS:
            return Broken(row.line, position, CELL_TOO_LONG, row.cells)
    return row
