"""Rows that come just as they came before: what they say stands in their link, and is not read again.

Most rows of a monthly file are such. Each is known by a digest of its cells as they came, without its number:
that is looked up all the same, for it may be another person's by now.
"""

# ruff: noqa: S608 (the statement is put together from names of our own)

from collections.abc import Iterator
from itertools import islice

from django.db import connection

from accounts.intake.fields import BadValue, sound_number
from accounts.intake.reading import Reading, Reject
from accounts.intake.rows import Cells
from links.feeds import dialect
from links.feeds.staging import Familiar, Fresh, Kept, Staged, by_number, sent_digest
from links.models import FeedImport, Link

ROWS_A_LOOK = 2_000
# the same cells say something else once a column is read otherwise: raise it then
WAY_OF_READING = 1


def rows(reading: Reading, feed_import: FeedImport) -> Iterator[Staged]:
    """Everything in the file; only what did not come just so before is read."""
    layout, unread = f"{WAY_OF_READING}:{reading.layout}", reading.unread()
    while portion := list(islice(unread, ROWS_A_LOOK)):
        references = {reading.cell(row, "reference") for row in portion if isinstance(row, Cells)}
        kept = {link.reference: link for link in _kept(feed_import, references)}
        for row in portion:
            if isinstance(row, Cells):
                yield _staged(row, kept.get(reading.cell(row, "reference")), reading, layout)
            else:
                yield reading.read(row)  # type: ignore[misc]


def _staged(row: Cells, kept: Kept | None, reading: Reading, layout: str) -> Staged:
    cells = reading.cells_but(row, "individual_number")
    sent = "\x1f".join([layout, *cells]).encode()  # no cell has a control character
    number = _number(reading.cell(row, "individual_number"))
    if number and kept and sent_digest(sent, kept.row_digest, kept.status) == kept.sent_digest:
        return Familiar(row.line, by_number(number), kept)
    warned = reading.warnings.total()
    read = reading.read(row)
    if isinstance(read, Reject):
        return read
    # one with something to warn of is read, and warned of, each time
    return Fresh(read, sent if reading.warnings.total() == warned else b"")


def _number(cell: str) -> str | None:
    """The number as it is found by; None where the cell holds none, which reading the row says in words."""
    try:
        return sound_number(cell)
    except BadValue:
        return None


def _kept(feed_import: FeedImport, references: set[str]) -> Iterator[Kept]:
    """What the links of these references keep, where it is known how their row came."""
    statement = f"""
SELECT {", ".join(Kept._fields)} FROM {Link._meta.db_table}
WHERE institution_id = %s AND category = %s AND {dialect.is_one_of("reference")} AND sent_digest IS NOT NULL
"""
    asked = dialect.many(references)
    with connection.cursor() as cursor:
        cursor.execute(statement, [feed_import.institution_id, feed_import.category, asked])
        yield from map(Kept._make, cursor.fetchall())
