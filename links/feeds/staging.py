"""The rows of one file in a temporary table: no number is in it, and rejected rows have only their place.

They go there by COPY where the database has it, so that everything after is set-based SQL.
"""

# ruff: noqa: S608 (the statements are put together from names of our own)

import json
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection

from accounts import vault
from accounts.intake.reading import Reject, Row
from links.feeds.columns import DETAILS
from links.models import Link

TEXTS = ("holder_name", "holder_kana", "holder_birth_date", "holder_sex", "holder_address", "entered_by")
DEFAULTS = {"status": Link.Status.ACTIVE.value, **dict.fromkeys(TEXTS, ""), "obtained_by": "unknown"}
ROWS_AN_INSERT = 2_000

COLUMNS = {
    "line": "bigint",
    "reference": "text",
    "reason": "text",
    "fingerprint": "bytea",
    "row_digest": "bytea",
    "public_id": "text",
    "linked_on": "date",
    **dict.fromkeys(DEFAULTS, "text"),
    "details": "jsonb",
}
TABLES = ("feed_rows",)
# made once: json.dumps with options makes an encoder for every call
_as_json = json.JSONEncoder(ensure_ascii=False, default=str).encode
Record = tuple[Any, ...]


@contextmanager
def temporary(*tables: str) -> Iterator[None]:
    """Nothing of an earlier file is in these tables, and nothing of this one stays."""
    _drop(tables)
    yield
    _drop(tables)


def load(rows: Iterable[Row | Reject], *, category: str) -> None:
    """Fill the table `feed_rows`."""
    columns = ", ".join(f"{name} {form}" for name, form in COLUMNS.items())
    records = _records(rows, category)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE feed_rows ({columns})")
        if connection.vendor == "postgresql":
            _copy(cursor, records)
        else:
            _insert(cursor, records)
        cursor.execute("ANALYZE feed_rows")


def _drop(tables: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DROP TABLE IF EXISTS {table}")


def _copy(cursor: Any, records: Iterator[Record]) -> None:
    with cursor.copy(f"COPY feed_rows ({', '.join(COLUMNS)}) FROM STDIN") as copy:
        for record in records:
            copy.write_row(record)


def _insert(cursor: Any, records: Iterator[Record]) -> None:
    marks = ", ".join(["%s"] * len(COLUMNS))
    while portion := list(islice(records, ROWS_AN_INSERT)):
        cursor.executemany(f"INSERT INTO feed_rows VALUES ({marks})", portion)
    cursor.execute("CREATE INDEX feed_rows_by_reference ON feed_rows (reference)")


def _records(rows: Iterable[Row | Reject], category: str) -> Iterator[Record]:
    details = tuple(column.name for column in DETAILS[category])
    for row in rows:
        if isinstance(row, Row):
            yield record(row, details)
        else:
            for reference in _meant(row) or (None,):
                yield (row.line, reference, row.reason, *[None] * (len(COLUMNS) - 3))


def _meant(reject: Reject) -> list[str]:
    """A rejected row may have meant the same record as another one, and is in a complete file."""
    return [text for text in reject.may_be("reference") if "\0" not in text]  # no link's reference has one


def record(row: Row, details: tuple[str, ...]) -> Record:
    """The row as COLUMNS; the digest covers everything that it says, its number included."""
    values = row.values
    number, linked_on = str(values["individual_number"]), str(values["linked_on"])
    sent = {name: values[name] for name in details if name in values}
    as_json = _as_json(sent)
    texts = [values.get(name, default) for name, default in DEFAULTS.items()]
    said = "\x1f".join([number, str(values["reference"]), linked_on, *texts, as_json])  # type: ignore[list-item]
    return (
        row.line,
        values["reference"],
        None,
        vault.fingerprint(number),
        vault.keyed_digest(said.encode()),
        secrets.token_urlsafe(16),
        linked_on,
        *texts,
        as_json,
    )
