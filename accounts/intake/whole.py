"""A file read twice: first to find what it says more than once, then in batches for those who store it."""

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext_noop as _

from accounts.intake.columns import Form
from accounts.intake.counts import Counts
from accounts.intake.reading import Reading, Reject, Row
from accounts.intake.twice import Twice

ROWS_A_BATCH = 1_000

DIFFERENT_TWICE = _("This file has the same record twice, and the rows differ.")


def nobody(_something: object) -> None:
    """Listens to nothing."""


@dataclass(slots=True)
class Listeners:
    """Who hears of rejects while a file is imported, and of how many bytes are done (of twice its size)."""

    reject: Callable[[Reject], None] = nobody
    progress: Callable[[int], None] = nobody


@dataclass(slots=True)
class Report:
    """What came of an import."""

    counts: Counts
    encoding: str
    unknown_columns: tuple[str, ...]
    warnings: dict[str, int] = field(default_factory=dict)
    import_id: int | None = None


def content(row: Row) -> str:
    """The row as one text that is equal for equal rows."""
    return json.dumps(row.values, ensure_ascii=False, sort_keys=True, default=str)


class WholeFile:
    """One file of a form, whose rows with one key must not differ; raises FeedRefused as Reading does."""

    def __init__(
        self,
        file: BinaryIO,
        form: Form,
        *,
        today: datetime.date,
        listeners: Listeners,
        notice: Callable[[Row], None] = nobody,
    ) -> None:
        """`file` is open, binary and seekable; `notice` sees every good row of the first reading."""
        self._file = file
        self._form = form
        self._today = today
        self._listeners = listeners
        self._size = 0
        self._untold: list[Reject] = []
        self.counts = Counts()
        self.twice = Twice()
        self.reading = self._look_through(notice)

    def __enter__(self) -> "WholeFile":
        return self

    def __exit__(self, *error: object) -> None:
        self.twice.__exit__()

    def report(self) -> Report:
        """What came of it, once all batches are through."""
        reading = self.reading
        return Report(self.counts, reading.encoding.label, reading.unknown_columns, dict(reading.warnings))

    def batches(self) -> Iterator[list[Row]]:
        """The good rows in the order of the file, each content once; rejects go to the listener."""
        batch: list[Row | Reject] = []
        for row in self.reading:
            self.counts.rows += 1
            batch.append(row)
            if len(batch) == ROWS_A_BATCH:
                yield self._sifted(batch)
                batch = []
                self._tell(self._size + self.reading.position)
        yield self._sifted(batch)
        self._tell(2 * self._size)

    def reject(self, reject: Reject) -> None:
        """Count one row as rejected; it is told after its batch, in the order of lines."""
        self.counts.rejected += 1
        self._untold.append(reject)

    def _tell(self, position: int) -> None:
        for reject in sorted(self._untold, key=lambda reject: reject.line):
            self._listeners.reject(reject)
        self._untold.clear()
        self._listeners.progress(position)

    def _look_through(self, notice: Callable[[Row], None]) -> Reading:
        first = Reading(self._file, self._form, today=self._today)
        for count, row in enumerate(first):
            self._note(row)
            if isinstance(row, Row):
                notice(row)
            if count % ROWS_A_BATCH == 0:
                self._listeners.progress(first.position)
        self.twice.finish()
        self._size = first.position
        return Reading(self._file, self._form, today=self._today, encoding=first.encoding)

    def _note(self, row: Row | Reject) -> None:
        if isinstance(row, Row):
            self.twice.note(str(row.values[self._form.key]), content(row), row.line)
            return
        for key in row.may_be(self._form.key):
            self.twice.note(key, f"rejected on line {row.line}", row.line)

    def _sifted(self, batch: list[Row | Reject]) -> list[Row]:
        key = self._form.key
        repeats = self.twice.repeats([str(row.values[key]) for row in batch if isinstance(row, Row)])
        good = []
        for row in batch:
            if isinstance(row, Reject):
                self.reject(row)
                continue
            repeat = repeats.get(str(row.values[key]))
            if repeat and repeat.differs:
                self.reject(self.reading.reject(row, key, DIFFERENT_TWICE))
            elif not repeat or repeat.first_line == row.line:
                good.append(row)
        return good
