"""What becomes of each row of a file: decided for all of them at once, before anything is written."""

# ruff: noqa: S608 (the statements are put together from names of our own)

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_noop as _

from accounts import vault
from accounts.intake.reading import Fault
from accounts.models import SealedNumber
from links.models import FeedImport, Link

NOT_IN_REGISTER = _("This individual number is not in the resident register.")
DIFFERENT_TWICE = _("This file has the same record twice, and the rows differ.")
FAULTS_A_QUERY = 5_000

REPEATS = """
CREATE TEMPORARY TABLE feed_repeats AS
SELECT s.reference, min(s.line) AS first_line,
  CASE WHEN count(DISTINCT s.row_digest) > 1 OR count(DISTINCT s.fingerprint) > 1
    OR count(s.reason) > 0 THEN 1 ELSE 0 END AS differs
FROM feed_rows s
JOIN (SELECT reference FROM feed_rows GROUP BY reference HAVING count(*) > 1) r ON r.reference = s.reference
GROUP BY s.reference
"""
NUMBERS = SealedNumber._meta.db_table
# whose number it is, and where that stands: while keys change, the vault has one fingerprint or the other
ONE_KEY = {
    "holder": "n.resident_id",
    "holders": f"LEFT JOIN {NUMBERS} n ON n.fingerprint = s.fingerprint",
}
TWO_KEYS = {
    "holder": "COALESCE(n.resident_id, o.resident_id)",
    "holders": f"{ONE_KEY['holders']} LEFT JOIN {NUMBERS} o ON o.fingerprint = s.other_fingerprint",
}
# The first that holds. No digest: the import that made the link was rolled back, no row stands behind it.
FATES = f"""
CREATE TEMPORARY TABLE feed_fates AS
SELECT s.line, l.id AS link_id, {{holder}} AS resident_id,
  CASE WHEN l.resident_id <> {{holder}} THEN 1 ELSE 0 END AS moves,
  CASE
    WHEN s.reason IS NOT NULL THEN 'unreadable'
    WHEN t.differs = 1 THEN 'differs'
    WHEN t.first_line < s.line THEN 'repeated'
    WHEN {{holder}} IS NULL THEN 'unknown'
    WHEN l.id IS NULL THEN 'created'
    WHEN l.row_digest = s.row_digest AND l.status = s.status AND l.resident_id = {{holder}}
      THEN 'unchanged'
    WHEN length(l.row_digest) = 0 THEN 'revived'
    WHEN s.status = 'removed' AND l.status <> 'removed' THEN 'removed'
    ELSE 'changed'
  END AS fate
FROM feed_rows s
LEFT JOIN feed_repeats t ON t.reference = s.reference
{{holders}}
LEFT JOIN {Link._meta.db_table} l
  ON l.institution_id = %s AND l.category = %s AND l.reference = s.reference
"""
MISSING = f"""
CREATE TEMPORARY TABLE feed_missing AS
SELECT l.id AS link_id FROM {Link._meta.db_table} l
WHERE l.institution_id = %s AND l.category = %s AND l.status <> 'removed' AND %s
  AND NOT EXISTS (SELECT 1 FROM feed_rows s WHERE s.reference = l.reference)
"""
COUNTS = "SELECT fate, sum(moves), count(*) FROM feed_fates WHERE fate <> 'unreadable' GROUP BY fate"
UNREADABLE = "SELECT count(DISTINCT line) FROM feed_fates WHERE fate = 'unreadable'"
FAULTS = f"""
SELECT DISTINCT line, fate FROM feed_fates
WHERE line > %s AND fate IN ('unreadable', 'differs', 'unknown') ORDER BY line LIMIT {FAULTS_A_QUERY}
"""
FAULTY = {"unreadable": ("", ""), "differs": ("reference", DIFFERENT_TWICE)} | {
    "unknown": ("individual_number", NOT_IN_REGISTER)
}
TABLES = ("feed_repeats", "feed_fates", "feed_missing")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows have each fate, how many links would go to another person, how many the file lacks."""

    fates: dict[str, int]
    moved: int
    missing: int

    @property
    def created(self) -> int:
        """Records that were not there."""
        return self.fates.get("created", 0) + self.fates.get("revived", 0)

    @property
    def removed(self) -> int:
        """Records that disappear, because their row says so or because there is none."""
        return self.fates.get("removed", 0) + self.missing

    @property
    def rejected(self) -> int:
        """Rows that cannot be used."""
        return sum(self.fates.get(fate, 0) for fate in FAULTY)

    @property
    def lost(self) -> int:
        """What the brake counts: records that disappear or change their holder."""
        return self.removed + self.moved


def decide(feed_import: FeedImport) -> Tally:
    """Fill the tables `feed_fates` and `feed_missing` from `feed_rows`."""
    feed: list[int | str | bool] = [feed_import.institution_id, feed_import.category]
    with connection.cursor() as cursor:
        cursor.execute(REPEATS)
        cursor.execute(FATES.format(**(TWO_KEYS if len(vault.finder()) > 1 else ONE_KEY)), feed)
        if (
            connection.vendor == "sqlite"
        ):  # it has no hash joins: what is asked by line would walk it for each
            cursor.execute("CREATE INDEX feed_fates_by_line ON feed_fates (line)")
        cursor.execute("ANALYZE feed_fates")
        cursor.execute(MISSING, [*feed, feed_import.complete])
        cursor.execute("SELECT count(*) FROM feed_missing")
        missing = cursor.fetchone()[0]
        cursor.execute(COUNTS)
        rows = cursor.fetchall()
        cursor.execute(UNREADABLE)
        unreadable = cursor.fetchone()[0]
    fates = {fate: count for fate, _moved, count in rows} | {"unreadable": unreadable}
    stay = ("removed", "revived")  # those count already, or hung on nobody
    return Tally(fates, sum(int(moved) for fate, moved, _count in rows if fate not in stay), missing)


def faults() -> Iterator[Fault]:
    """The lines that are rejected, in order, in constant memory."""
    last = 0
    while portion := _faults_after(last):
        yield from portion
        last = portion[-1].line


def _faults_after(line: int) -> list[Fault]:
    with connection.cursor() as cursor:
        cursor.execute(FAULTS, [line])
        return [Fault(line, *FAULTY[fate]) for line, fate in cursor.fetchall()]
