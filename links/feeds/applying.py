"""Writes what was decided about a file: new links, changed ones, and the history of each, in five statements.

Before a link changes, its history keeps what it was (`before`, `after`), and what only a roll-back needs
(`undo`). A record that moves to another number leaves one person and comes to another: two rows of history,
neither of which holds anything of the other person.
"""

# ruff: noqa: S608 (the statements are put together from names of our own)

import datetime

from django.db import connection

from links.feeds import dialect
from links.feeds.staging import DEFAULTS
from links.models import Change, FeedImport, Link

LINKS, CHANGES = Link._meta.db_table, Change._meta.db_table
AS_SENT = (*DEFAULTS, "linked_on", "details")
# new links; until the database has counted them, whoever looks for some of them would walk the whole table
MANY = 10_000

INSERT_LINKS = f"""
INSERT INTO {LINKS} (institution_id, category, feed_import_id, recorded_at, changed_at, verdict, concealed,
  held, settled_as, resident_id, public_id, reference, line, row_digest, sent_digest,
  {", ".join(AS_SENT)})
SELECT %s, %s, %s, %s, %s, '', FALSE,
  FALSE, '', f.resident_id, s.public_id, s.reference, s.line, s.row_digest, s.sent_digest,
  {", ".join(f"s.{name}" for name in AS_SENT)}
FROM feed_fates f JOIN feed_rows s ON s.line = f.line
WHERE f.fate = 'created' ORDER BY s.line
"""
# nothing but what was just inserted points to this import
INSERT_BEGINNINGS = f"""
INSERT INTO {CHANGES} (link_id, resident_id, kind, before, after, feed_import_id, at)
SELECT id, resident_id, 'created', '{{}}', '{{}}', feed_import_id, changed_at
FROM {LINKS} WHERE feed_import_id = %s
"""
TOUCHED = "f.fate IN ('changed', 'removed', 'revived')"
LOCK = f"""
SELECT l.id FROM {LINKS} l
WHERE l.id IN (SELECT link_id FROM feed_fates f WHERE {TOUCHED} UNION ALL SELECT link_id FROM feed_missing)
ORDER BY l.id
"""
KIND = "CASE f.fate WHEN 'removed' THEN 'removed' WHEN 'revived' THEN 'created' ELSE 'updated' END"
COLUMNS = "link_id, resident_id, kind, before, after, undo, feed_import_id, at"
BESIDE = f"""
FROM feed_fates f JOIN feed_rows s ON s.line = f.line JOIN {LINKS} l ON l.id = f.link_id WHERE {TOUCHED}
"""
FROM_MISSING = f"FROM feed_missing m JOIN {LINKS} l ON l.id = m.link_id"
# what a roll-back needs
STAMPS = ("feed_import_id", "line", "verdict", "concealed", "confirmed_at", "settled_as")
DIGESTS = ("row_digest", "sent_digest", "settled_digest")
# A row unlike the one that was decided, or another person, opens the decision again
UPDATE_LINKS = f"""
UPDATE {LINKS} AS l
SET feed_import_id = %s, changed_at = %s, resident_id = f.resident_id, line = s.line,
  row_digest = s.row_digest, sent_digest = s.sent_digest,
  {", ".join(f"{name} = s.{name}" for name in AS_SENT)},
  verdict = '', confirmed_at = NULL,
  settled_as = CASE WHEN l.settled_digest = s.row_digest AND f.moves = 0 THEN l.settled_as ELSE '' END,
  settled_digest = CASE WHEN l.settled_digest = s.row_digest AND f.moves = 0 THEN l.settled_digest END
FROM feed_fates f JOIN feed_rows s ON s.line = f.line
WHERE l.id = f.link_id AND {TOUCHED}
"""
REMOVE_MISSING = f"""
UPDATE {LINKS} SET status = 'removed', changed_at = %s WHERE id IN (SELECT link_id FROM feed_missing)
"""
END = f"UPDATE {LINKS} SET feed_import_id = %s, changed_at = %s, status = 'ended', verdict = '' WHERE id = %s"
MOVED = f"SELECT DISTINCT link_id FROM feed_fates f WHERE moves = 1 AND {TOUCHED}"


def apply(feed_import: FeedImport, *, at: datetime.datetime) -> list[int]:
    """Write it all; returns the keys of links that hang on another number now."""
    when = connection.ops.adapt_datetimefield_value(at)
    feed: list[int | str] = [feed_import.institution_id, feed_import.category]
    with connection.cursor() as cursor:
        cursor.execute(INSERT_LINKS, [*feed, feed_import.pk, when, when])
        if cursor.rowcount >= MANY:
            cursor.execute(f"ANALYZE {LINKS}")
        cursor.execute(INSERT_BEGINNINGS, [feed_import.pk])
        cursor.execute(f"{LOCK} {dialect.lock_rows()}")
        for statement in _history():
            cursor.execute(statement, [feed_import.pk, when])
        cursor.execute(UPDATE_LINKS, [feed_import.pk, when])
        cursor.execute(REMOVE_MISSING, [when])
        cursor.execute(MOVED)
        return [link for (link,) in cursor.fetchall()]


def end(feed_import: FeedImport, link: Link, *, at: datetime.datetime) -> None:
    """Write that one record has ended, as its row would have said; the row before stays the last one sent."""
    when = connection.ops.adapt_datetimefield_value(at)
    status, undo = dialect.json_object({"status": "l.status"}), dialect.json_object(_stamps())
    row = f"l.id, l.resident_id, 'updated', {status}, '{{\"status\": \"ended\"}}', {undo}, %s, %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {CHANGES} ({COLUMNS}) SELECT {row} FROM {LINKS} l WHERE l.id = %s",
            [feed_import.pk, when, link.pk],
        )
        cursor.execute(END, [feed_import.pk, when, link.pk])


def _history() -> list[str]:
    """The statements that write what each link was; each takes the import and the time."""
    was, becomes = dialect.json_object(_differing("l")), dialect.json_object(_differing("s"))
    status, gone = dialect.json_object({"status": "l.status"}), '\'{"status": "removed"}\''
    undo = dialect.json_object(_stamps())
    rows = (
        f"l.resident_id, {KIND}, {was}, {becomes}, {undo}, %s, %s {BESIDE} AND f.moves = 0",
        f"l.resident_id, 'removed', {was}, '{{}}', {undo}, %s, %s {BESIDE} AND f.moves = 1",
        f"f.resident_id, {KIND}, '{{}}', {becomes}, NULL, %s, %s {BESIDE} AND f.moves = 1",
        f"l.resident_id, 'removed', {status}, {gone}, {undo}, %s, %s {FROM_MISSING}",
    )
    return [f"INSERT INTO {CHANGES} ({COLUMNS}) SELECT l.id, {row}" for row in rows]


def _stamps() -> dict[str, str]:
    digests = {name: dialect.as_hex(f"l.{name}") for name in DIGESTS}
    return {name: f"l.{name}" for name in STAMPS} | digests


def _differing(side: str) -> dict[str, str]:
    """The fields that the row changes, from the link (`l`) or from the row (`s`)."""
    person = "l" if side == "l" else "f"
    fields = {"resident_id": f"CASE WHEN f.moves = 1 THEN {person}.resident_id END"}
    for name in AS_SENT:
        value = dialect.json_value(f"{side}.{name}") if name == "details" else f"{side}.{name}"
        fields[name] = f"CASE WHEN l.{name} <> s.{name} THEN {value} END"
    return fields
