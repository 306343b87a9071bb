"""The rows of one file in a temporary table: no number is in it, and rejected rows have only their place.

They go there by COPY where the database has it, so that everything after is set-based SQL.
"""

# ruff: noqa: S608 (the statements are put together from names of our own)

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection

from accounts import vault
from accounts.intake.reading import Reject, Row
from links.feeds.columns import DETAILS
from links.models import Link

TEXTS = ("holder_name", "holder_kana", "holder_birth_date", "holder_sex", "holder_address", "entered_by")
DEFAULTS = {"status": Link.Status.ACTIVE.value, **dict.fromkeys(TEXTS, ""), "obtained_by": "unknown"}
ROWS_AT_ONCE = 2_000

COLUMNS = {
    "line": "bigint",
    "reference": "text",
    "reason": "text",
    "fingerprint": "bytea",
    "other_fingerprint": "bytea",
    "row_digest": "bytea",
    "sent_digest": "bytea",
    "public_id": "text",
    "linked_on": "date",
    **dict.fromkeys(DEFAULTS, "text"),
    "details": "jsonb",
}
TABLES = ("feed_rows",)
# made once: json.dumps with options makes an encoder for every call
_as_json = json.JSONEncoder(ensure_ascii=False, default=str).encode
Record = tuple[Any, ...]


class Fresh(NamedTuple):
    """A row that was read; with its cells as they came where a row just like it need not be read."""

    row: Row
    sent: bytes = b""


class Kept(NamedTuple):
    """What a link keeps of its row, as the database has it."""

    reference: str
    row_digest: bytes
    sent_digest: bytes
    linked_on: object
    details: str
    status: str
    holder_name: str
    holder_kana: str
    holder_birth_date: str
    holder_sex: str
    holder_address: str
    entered_by: str
    obtained_by: str


class Familiar(NamedTuple):
    """A row that came just so before: where it stands, whose number it has, and what its link kept."""

    line: int
    fingerprints: tuple[bytes, bytes | None]
    kept: Kept


Staged = Fresh | Familiar | Reject


@contextmanager
def temporary(*tables: str) -> Iterator[None]:
    """Nothing of an earlier file is in these tables, and nothing of this one stays."""
    _drop(tables)
    yield
    _drop(tables)


def load(rows: Iterable[Staged], *, category: str) -> None:
    """Fill the table `feed_rows`; between two portions the rows may ask the database for something."""
    columns = ", ".join(f"{name} {form}" for name, form in COLUMNS.items())
    records = _records(rows, category)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE feed_rows ({columns})")
        while portion := list(islice(records, ROWS_AT_ONCE)):
            (_copy if connection.vendor == "postgresql" else _insert)(cursor, portion)
        if connection.vendor == "sqlite":
            cursor.execute("CREATE INDEX feed_rows_by_reference ON feed_rows (reference)")
        cursor.execute("ANALYZE feed_rows")


def _drop(tables: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DROP TABLE IF EXISTS {table}")


def _copy(cursor: Any, portion: list[Record]) -> None:
    with cursor.copy(f"COPY feed_rows ({', '.join(COLUMNS)}) FROM STDIN") as copy:
        for record in portion:
            copy.write_row(record)


def _insert(cursor: Any, portion: list[Record]) -> None:
    marks = ", ".join(["%s"] * len(COLUMNS))
    cursor.executemany(f"INSERT INTO feed_rows VALUES ({marks})", portion)


def _records(rows: Iterable[Staged], category: str) -> Iterator[Record]:
    details = tuple(column.name for column in DETAILS[category])
    for row in rows:
        if isinstance(row, Familiar):
            yield _as_kept(row)
        elif isinstance(row, Fresh):
            yield record(row, details)
        else:
            for reference in _meant(row) or (None,):
                yield (row.line, reference, row.reason, *[None] * (len(COLUMNS) - 3))


def _meant(reject: Reject) -> list[str]:
    """A rejected row may have meant the same record as another one, and is in a complete file."""
    return [text for text in reject.may_be("reference") if "\0" not in text]  # no link's reference has one


def record(fresh: Fresh, details: tuple[str, ...]) -> Record:
    """The row as COLUMNS; the digest covers everything that it says but its number, which lies in the vault.

    Whose number it is, is compared by itself.
    """
    values = fresh.row.values
    number, linked_on = str(values["individual_number"]), str(values["linked_on"])
    sent = {name: values[name] for name in details if name in values}
    as_json = _as_json(sent)
    texts = [values.get(name, default) for name, default in DEFAULTS.items()]
    said = "\x1f".join([str(values["reference"]), linked_on, *texts, as_json])  # type: ignore[list-item]
    row_digest = hashlib.sha256(said.encode()).digest()
    return (
        fresh.row.line,
        values["reference"],
        None,
        *by_number(number),
        row_digest,
        sent_digest(fresh.sent, row_digest, str(texts[0])) if fresh.sent else None,
        secrets.token_urlsafe(16),
        linked_on,
        *texts,
        as_json,
    )


def _as_kept(row: Familiar) -> Record:
    """The same, as the link has it."""
    reference, row_digest, sent_digest, linked_on, details, *texts = row.kept
    return (
        row.line,
        reference,
        None,
        *row.fingerprints,
        row_digest,
        sent_digest,
        None,
        str(linked_on),
        *texts,
        details,
    )


def sent_digest(sent: bytes, row_digest: bytes, status: str) -> bytes:
    """How a row came, with what its link became by it: it means nothing once the link is otherwise."""
    return hashlib.sha256(b"\0".join([sent, status.encode(), row_digest])).digest()


def by_number(number: str) -> tuple[bytes, bytes | None]:
    """How the vault finds that number: by the present key, and by the other one while keys change."""
    present, *others = vault.fingerprints(number)
    return present, others[0] if others else None
