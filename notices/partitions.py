"""Tables that PostgreSQL keeps in one partition a month; in the lowest room because three rooms have some.

Months are Japan's, like all days of the service, and no setting moves them: their bounds are stored. What
belongs to no month lies in a default partition, so that no fact is refused for its date. SQLite keeps tables
whole, and nothing here does anything. How a table comes to be kept so: notices/partitioning.py.
"""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.db import IntegrityError, OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg.errors import LockNotAvailable

JAPAN = ZoneInfo("Asia/Tokyo")
MONTHS_AHEAD = 2

# Whoever wants to read queues behind a lock that waits: rather give up and come again
PATIENCE = "SET LOCAL lock_timeout = '3s'"
ATTACHING, MOVING = "SHARE UPDATE EXCLUSIVE", "ACCESS EXCLUSIVE"

PARTITIONED = """
SELECT partrelid::regclass::text, attname FROM pg_partitioned_table
JOIN pg_attribute ON attrelid = partrelid AND attnum = partattrs[0]
WHERE partrelid::regclass::text = ANY(%s) ORDER BY 1
"""
PARTS = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass ORDER BY 1"
# Row triggers are handed on by PostgreSQL itself, those of whole statements are not
TRIGGERS = """
SELECT replace(pg_get_triggerdef(oid, true), format(' ON %%s ', tgrelid::regclass), ' ON ' || %s || ' ')
FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgtype & 1 = 0
"""


class PartitionError(Exception):
    """Why partitions could not be made now, in words fit to show."""


def partitioned(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Our tables that are kept in months, and of each the column that says which month."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute(PARTITIONED, [connection.introspection.django_table_names()])
        return dict(cursor.fetchall())


def parts(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """The partitions of a table; none where it is kept whole."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(PARTS, [table])
        return [name for (name,) in cursor.fetchall()]


def make_ahead(connection: BaseDatabaseWrapper, *, on: datetime.date) -> list[str]:
    """Make the partitions of that day's month and the next two that are missing; their names.

    Safe at any time and twice at once. One table that refuses keeps no other waiting: PartitionError at the
    end says what is missing and why.
    """
    made, refusals = [], []
    for table in partitioned(connection):
        try:
            made += _make_missing(connection, table, months_from(on))
        except PartitionError as refusal:
            refusals.append(str(refusal))
    if refusals:
        raise PartitionError("\n".join(refusals))
    return made


def _make_missing(connection: BaseDatabaseWrapper, table: str, months: list[datetime.date]) -> list[str]:
    with _locked(connection, table, ATTACHING) as cursor:
        known = parts(connection, table)
        missing = [month for month in months if name_of(table, month) not in known]
        add_months(cursor, table, missing)
    if missing:
        with connection.cursor() as cursor:  # outside of the locks
            analyse(cursor, table)
    return [name_of(table, month) for month in missing]


def analyse(cursor: CursorWrapper, table: str) -> None:
    """Let the planner know the table as it is: by itself PostgreSQL analyses partitions, never the whole."""
    cursor.execute(f"ANALYZE {table}")


def empty_default(connection: BaseDatabaseWrapper, table: str, column: str) -> int:
    """Give the rows in the default partition months of their own; how many they were.

    Nobody can read or write the table meanwhile. A new default partition takes the place of the old one,
    because rows that are only added cannot be deleted from it.
    """
    default, source = f"{table}_default", f"{table}_moving"
    with _locked(connection, table, MOVING) as cursor:
        months = months_in(cursor, default, column)
        if not months:
            return 0
        cursor.execute(f"ALTER TABLE {table} DETACH PARTITION {default}")
        cursor.execute(f"ALTER TABLE {default} RENAME TO {source}")
        add_default(cursor, table)
        add_months(cursor, table, months)
        return pour(cursor, source, table)


@contextmanager
def _locked(connection: BaseDatabaseWrapper, table: str, mode: str) -> Iterator[CursorWrapper]:
    """A transaction that alone attends to the table; PartitionError where users or rows are in the way."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(PATIENCE)
            cursor.execute(f"LOCK TABLE ONLY {table} IN {mode} MODE")
            yield cursor
    except OperationalError as problem:
        if isinstance(problem.__cause__, LockNotAvailable):
            raise PartitionError(f"{table} is in use: please try again later.") from problem
        raise
    except IntegrityError as problem:
        raise PartitionError(
            f"{table}_default holds rows of a month that is to be made. When nobody needs the service, "
            "`manage.py make_partitions --move-rows` gives them their own."
        ) from problem


def months_from(day: datetime.date) -> list[datetime.date]:
    """The first days of that day's month and of the next two."""
    months = [day.replace(day=1)]
    for _ahead in range(MONTHS_AHEAD):
        months.append(following(months[-1]))
    return months


def following(month: datetime.date) -> datetime.date:
    """The first day of the next month."""
    return (month + datetime.timedelta(days=31)).replace(day=1)


def months_in(cursor: CursorWrapper, table: str, column: str) -> list[datetime.date]:
    """The first days of the months that the rows of a table belong to."""
    month = f"date_trunc('month', {column} AT TIME ZONE '{JAPAN.key}')::date"
    cursor.execute(f"SELECT DISTINCT {month} FROM {table} ORDER BY 1")  # noqa: S608 (names of our own)
    return [day for (day,) in cursor.fetchall()]


def name_of(table: str, month: datetime.date) -> str:
    """The partition that holds the month."""
    return f"{table}_{month:%Y_%m}"


def add_months(cursor: CursorWrapper, table: str, months: Iterable[datetime.date]) -> None:
    """Give each month, named by its first day, a partition; IntegrityError where the default has its rows."""
    for month in months:
        bounds = f"FROM ('{_start(month)}') TO ('{_start(following(month))}')"
        _attach(cursor, table, name_of(table, month), f"FOR VALUES {bounds}")


def add_default(cursor: CursorWrapper, table: str) -> None:
    """Give what belongs to no month a partition."""
    _attach(cursor, table, f"{table}_default", "DEFAULT")


def _attach(cursor: CursorWrapper, table: str, name: str, bounds: str) -> None:
    """Made first, attached then: unlike PARTITION OF, that lets others use the table meanwhile."""
    cursor.execute(f"CREATE TABLE {name} (LIKE {table} INCLUDING ALL)")
    cursor.execute(TRIGGERS, [name, table])
    for (trigger,) in cursor.fetchall():
        cursor.execute(trigger)
    cursor.execute(f"ALTER TABLE {table} ATTACH PARTITION {name} {bounds}")


def _start(month: datetime.date) -> str:
    return datetime.datetime.combine(month, datetime.time.min, JAPAN).isoformat()


def pour(cursor: CursorWrapper, source: str, table: str) -> int:
    """Move all rows of a table into another one with the same columns, and drop it; how many they were."""
    cursor.execute(f"INSERT INTO {table} SELECT * FROM {source}")  # noqa: S608 (names of our own)
    rows: int = cursor.rowcount
    cursor.execute(f"DROP TABLE {source}")
    return rows
