"""A file as a stream of good rows and rejects: the one face of this package for those who store them."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO, NamedTuple, Self

from accounts.intake.columns import UNREADABLE_HEADER, Form, Header, read_header
from accounts.intake.encoding import Encoding, detect
from accounts.intake.fields import MISSING, BadValue, Context
from accounts.intake.refusal import FeedRefused
from accounts.intake.rows import CHANGED_MEANWHILE, Broken, Cells, read_rows


class Row(NamedTuple):
    """A row that can be used: its first physical line, its values by column; without what was not sent."""

    line: int
    values: dict[str, object]


class Reject(NamedTuple):
    """A row that cannot be used: where, why (a message id), and its cells by English column name, raw.

    `column` is the sender's own heading, empty where the row as a whole is wrong: then nobody knows which of
    its `loose` cells is what.
    """

    line: int
    column: str
    reason: str
    value: str
    cells: dict[str, str]
    loose: tuple[str, ...] = ()

    def may_be(self, column: str) -> tuple[str, ...]:
        """Every text that this row may have meant for that column."""
        cell = self.cells.get(column)
        return self.loose if cell is None else tuple({cell, cell.strip()})


class Fault(NamedTuple):
    """What is wrong with a line, as those know who store it; without a column, the row itself is wrong."""

    line: int
    column: str = ""
    reason: str = ""


class Reading:
    """One pass over one open, seekable binary file; raises FeedRefused at once, or while it is iterated.

    `warnings` counts message ids, `unknown_columns` names what was ignored; `position` is in bytes.
    Of CSV: another format overrides `rows` and `header`. As a context manager it frees what that needs.
    """

    def __init__(
        self, file: BinaryIO, form: Form, *, today: datetime.date, encoding: Encoding | None = None
    ) -> None:
        """`encoding` spares looking for it a second time."""
        self._file = file
        self.form = form
        self.warnings: Counter[str] = Counter()
        self._context = Context(today, self._warn)
        self.encoding = encoding or detect(file)
        self._rows = self.rows()
        self._header = self.header()
        # spares the rows, of which there are millions, three look-ups a cell
        self._readers = [(at, one.name, one.read, one.required) for at, one in self._header.found]
        self._places = {one.name: at for at, one in self._header.found}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """CSV needs nothing that would have to be freed."""

    def rows(self) -> Iterator[Cells | Broken]:
        """Everything in the file, from its start."""
        return read_rows(self._file, self.encoding)

    def header(self) -> Header:
        """Which cell is what: the first of the rows says it."""
        first = next(self._rows, None)
        if not isinstance(first, Cells):
            raise FeedRefused(UNREADABLE_HEADER)
        return read_header(first.cells, self.form)

    @property
    def unknown_columns(self) -> tuple[str, ...]:
        """Headings that this form does not have, in the order of the file."""
        return self._header.unknown

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._file.tell()

    def heading(self, column: str) -> str:
        """What this file calls a column."""
        place = self._places.get(column)
        return column if place is None else self._header.headings[place]

    @property
    def layout(self) -> str:
        """Which cell is what, as text: equal for files whose equal cells say the same."""
        return ",".join(f"{place}={column.name}" for place, column in self._header.found)

    def cell(self, row: Cells | Broken, column: str) -> str:
        """The cell of a required column, as it came; of a row with as many cells as the header."""
        return row.cells[self._places[column]]

    def cells_but(self, row: Cells, column: str) -> list[str]:
        """The cells as they came, without that of a required column."""
        place = self._places[column]
        return row.cells[:place] + row.cells[place + 1 :]

    def unread(self) -> Iterator[Cells | Broken]:
        """The rows after the header that were not asked for yet, as they came."""
        return self._rows

    def read(self, row: Cells | Broken) -> Row | Reject:
        """What a row says, or why it cannot be used."""
        return self._read(row) if isinstance(row, Cells) else self._reject_broken(row)

    def __iter__(self) -> Iterator[Row | Reject]:
        return map(self.read, self._rows)

    def again(self, wanted: Iterable[Fault]) -> Iterator[Reject]:
        """Read the file once more for the rejects of these lines, which come in ascending order."""
        self._context = replace(self._context, warn=_unheard)
        faults = iter(wanted)
        fault = next(faults, None)
        for row in self.rows():
            if fault is None:
                return
            if row.line == fault.line:
                yield self._rejected(row, fault)
                fault = next(faults, None)

    def _rejected(self, row: Cells | Broken, fault: Fault) -> Reject:
        if isinstance(row, Broken):
            return self._reject_broken(row)
        if not fault.column:
            found = self._read(row)
            if isinstance(found, Row):
                raise FeedRefused(CHANGED_MEANWHILE)
            return found
        return self._reject(row.line, self._places[fault.column], fault.reason, row.cells)

    def _warn(self, warning: str) -> None:
        self.warnings[warning] += 1

    def _read(self, row: Cells) -> Row | Reject:
        values: dict[str, object] = {}
        cells, context, position = row.cells, self._context, 0
        try:
            for position, name, read, required in self._readers:
                cell = cells[position]
                value = read(cell, context) if cell and not cell.isspace() else None
                if value is not None:
                    values[name] = value
                elif required:
                    return self._reject(row.line, position, MISSING, cells)
        except BadValue as bad:
            return self._reject(row.line, position, bad.reason, cells)
        return Row(row.line, values)

    def reject(self, row: Row, column: str, reason: str) -> Reject:
        """The reject of a row that could be read, for a reason that only those know who store it."""
        cells = {name: str(value) for name, value in row.values.items()}
        return Reject(row.line, self.heading(column), reason, cells.get(column, ""), cells)

    def _reject(self, line: int, position: int, reason: str, cells: list[str]) -> Reject:
        named = {column.name: cells[place] for place, column in self._header.found}
        return Reject(line, self._header.headings[position], reason, cells[position], named)

    def _reject_broken(self, row: Broken) -> Reject:
        if row.column is None:
            return Reject(row.line, "", row.reason, "", {}, tuple(row.cells))
        return self._reject(row.line, row.column, row.reason, row.cells)


def _unheard(_warning: str) -> None:
    """It was counted when the row was read first."""
