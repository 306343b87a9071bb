"""Home, record and queue of 10,000 links beside those of BENCH_SIZE: `python -m tests.bench size`.

Twenty model people are made by the portal's own models; both databases hold copies of them, ten links
each, made set-wise. A feed brings category after category, so the links of one person lie far apart.
Every look is at somebody whom nobody looked at before, in both in turn.
"""

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, connections
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from accounts import audit
from accounts.models import Binding, User
from links.models import Change, Link
from notices.models import Notice
from reports.clocks import next_step_by
from reports.kinds import Kind, State, severity_of
from reports.models import Report
from tests import factories
from tests.bench.database import own_database

MODELS, LINKS_EACH, STRIDE = 20, 10, 1_000
SMALL, LARGE = 10_000, int(os.environ.get("BENCH_SIZE", "300000"))
LOOKS, RATIO = 300, 1.3
CATEGORIES = ("tax", "pension", "health_insurance", "child_allowance", "bank_account")
HTTPS = {"SERVER_NAME": "127.0.0.1", "headers": {"x-forwarded-proto": "https"}}
# what differs between two copies: keys moved on, names of things made anew, the same wherever they are named
MOVED = {
    "accounts_user": {"id", "email"},
    "accounts_resident": {"id", "public_id", "code", "household_code"},
    "accounts_binding": {"id", "user_id", "resident_id"},
    "links_link": {"id", "resident_id", "public_id", "reference"},
    "links_finding": {"id", "link_id", "resident_id"},
    "links_change": {"id", "link_id", "resident_id"},
    "notices_notice": {"id", "resident_id", "public_id"},
    "accounts_auditevent": {"id", "resident_id", "actor_id", "subject_id"},
    "reports_report": {"id", "public_id", "number", "link_id", "resident_id"},
}
KEYS = {"id", "user_id", "resident_id", "link_id", "actor_id"}


@dataclass
class Place:
    """One of the two databases, with what looking at it took: milliseconds by page."""

    links: int
    database: object
    took: dict[str, list[float]] = field(default_factory=lambda: {"home": [], "record": [], "queue": []})
    visits: list[tuple[Client, str]] = field(default_factory=list)
    desk: Client = field(default_factory=Client)


@override_settings(STAFF_PASSKEY_REQUIRED=False)  # no device holds a key here; every other layer stays
def run() -> bool:
    """Print the figures; whether every bar is met."""
    connection.close()  # nobody may be in a database that is copied
    with own_database("_few", like=connection.settings_dict["NAME"]) as url:
        few = Place(SMALL, opened(url))
        with at(few):
            make_models()
        few.database.close()
        with own_database("_many", like=few.database.settings_dict["NAME"]) as other:
            many = Place(LARGE, opened(other))
            met = compared(few, many)
            many.database.close()
        few.database.close()
    return met


def compared(few: Place, many: Place) -> bool:
    """Fill both, look at both in turn, and say what that took."""
    for place in (few, many):
        with at(place):
            prepare(place)
    for turn in range(LOOKS):
        for place in (few, many) if turn % 2 else (many, few):
            with at(place):
                look(place, *place.visits[turn])
    with at(many):
        tell_sizes()
    return told(few, many)


def opened(url: str) -> object:
    """A connection of its own to that database."""
    few = connections["default"]
    return type(few)({**few.settings_dict, "NAME": url.rpartition("/")[2]}, "default")


@contextmanager
def at(place: Place) -> Iterator[None]:
    """Meanwhile the service works on that database."""
    before = connections["default"]
    connections["default"] = place.database
    try:
        yield
    finally:
        connections["default"] = before


def prepare(place: Place) -> None:
    """Fill it, and sign in who will look."""
    begun = time.perf_counter()
    multiply(place.links // LINKS_EACH // MODELS)
    place.visits = list(visits(place.links // LINKS_EACH))
    place.desk = signed_in(factories.UserFactory.create(email="size-desk@example.jp", role="support"))
    print(f"size, {place.links:,} links made in {time.perf_counter() - begun:.0f} s", flush=True)


def make_models() -> None:
    """Twenty people with ten links, and all that comes with those."""
    banks = [factories.InstitutionFactory.create(code=f"SIZE-{place}") for place in range(LINKS_EACH)]
    now, links = timezone.now(), []
    for person in range(MODELS):
        resident = factories.ResidentFactory.create(code=f"{person:010}")
        user = factories.bound_user(resident, email=f"size{person}@example.jp")
        for place, bank in enumerate(banks):
            category = CATEGORIES[place % len(CATEGORIES)]
            link = factories.LinkFactory.create(resident=resident, institution=bank, category=category)
            factories.FindingFactory.create(link=link)
            links.append(link)
        audit.record("record.viewed", by=user, at=now, resident=resident, subject=("link", link.public_id))
        Notice.objects.create(
            resident=resident,
            kind="record.withheld",
            created_at=now,
            due_at=now,
            settled_at=now,
            subject_kind="link",
            subject_id=link.public_id,
        )
    Change.objects.bulk_create(
        Change(link=link, resident_id=link.resident_id, kind=Change.Kind.CREATED, at=now) for link in links
    )
    Report.objects.bulk_create(case(number, link) for number, link in enumerate(links[::LINKS_EACH]))


def case(number: int, link: Link) -> Report:
    """An open case about a link."""
    severity = severity_of(Kind.NOT_MINE, link.category)
    return Report(
        number=f"R-{number:08}",
        link=link,
        resident_id=link.resident_id,
        kind=Kind.NOT_MINE,
        known_since="week",
        reach_by="portal",
        language="ja",
        state=State.RECEIVED,
        severity=severity,
        received_at=timezone.now(),
        next_step_by=next_step_by(State.RECEIVED, severity, on=timezone.localdate()),
    )


def multiply(copies: int) -> None:
    """So many of each model person in all, table by table, without the questions of foreign keys."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SET synchronous_commit = off")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for table, moved in MOVED.items():
            begun = time.perf_counter()
            with built_afterwards(cursor, table):
                cursor.execute(copying(cursor, table, moved), {"copies": copies - 1})
                rows = cursor.rowcount
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, copies * STRIDE])
            cursor.execute(f"VACUUM (ANALYZE) {table}")
            print(f"size, {table}: {rows:,} rows more in {time.perf_counter() - begun:.0f} s", flush=True)
        cursor.execute("RESET session_replication_role; RESET synchronous_commit")


@contextmanager
def built_afterwards(cursor: CursorWrapper, table: str) -> Iterator[None]:
    """Meanwhile the table has no index but that of its key: many rows are written much faster."""
    cursor.execute(INDEXES, {"table": table})
    found = cursor.fetchall()
    for name, constraint, _made in found:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}" if constraint else f"DROP INDEX {name}")
    yield
    for name, constraint, made in found:
        whole = made.replace(" ON ONLY ", " ON ")
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {constraint}" if constraint else whole)


def copying(cursor: CursorWrapper, table: str, moved: set[str]) -> str:
    """The statement that adds the copies: each model's in one piece, so that a person's rows lie apart."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
        " AND table_schema = current_schema()",
        [table],
    )
    columns = [name for (name,) in cursor.fetchall()]
    written = ", ".join(copied(name) if name in moved else f"m.{name}" for name in columns)
    models = f"(SELECT * FROM {table} WHERE id < {STRIDE} ORDER BY id) m"
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) OVERRIDING SYSTEM VALUE "
        f"SELECT {written} FROM {models} CROSS JOIN generate_series(1, %(copies)s) g"
    )


def copied(name: str) -> str:
    """What stands in that column of copy `g`."""
    if name in KEYS:
        return f"m.{name} + g * {STRIDE}"
    if name == "number":
        return "'R-' || (m.id + g * 1000)"
    return f"substr(md5(m.{name} || '-' || g), 1, 20)"


def visits(people: int) -> Iterator[tuple[Client, str]]:
    """So many people from everywhere in the table, signed in, each with one of their records."""
    for place in range(LOOKS):
        copy, model = (place * 7919) % (people // MODELS), place % MODELS
        binding = Binding.objects.order_by("pk")[model]
        resident_id, user_id = (key + copy * STRIDE for key in (binding.resident_id, binding.user_id))
        record = Link.objects.filter(resident_id=resident_id).order_by("-pk")[place % LINKS_EACH]
        yield signed_in(User.objects.get(pk=user_id)), record.get_absolute_url()


def signed_in(user: User) -> Client:
    """The user's browser."""
    client = Client(**HTTPS)
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def look(place: Place, client: Client, record: str) -> None:
    """Open each page once, and note how long it took."""
    pages = {"home": (client, "/"), "record": (client, record), "queue": (place.desk, "/desk/")}
    for name, (browser, path) in pages.items():
        begun = time.perf_counter()
        answer = browser.get(path, secure=True)
        place.took[name].append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == 200, (name, answer.status_code)


def told(few: Place, many: Place) -> bool:
    """Print each page's figures; whether all keep within the bar."""
    met = True
    for page in few.took:
        mine, theirs = (statistics.quantiles(place.took[page], n=20)[-1] for place in (many, few))
        medians = " and ".join(f"{statistics.median(place.took[page]):.0f}" for place in (many, few))
        ratio = mine / theirs
        met &= ratio <= RATIO
        print(
            f"size, {page}: 95th percentile {mine:.0f} ms of {many.links:,} links,"
            f" {theirs:.0f} ms of {few.links:,}: {ratio:.2f} times (bar: {RATIO}); medians {medians} ms"
        )
    return met


def tell_sizes() -> None:
    """What the tables weigh, and the narrow one that a distribution by resident would need beside them."""
    with connection.cursor() as cursor:
        cursor.execute(NARROW)
        cursor.execute(WEIGHTS, [[*MOVED, "narrow"]])
        for table, rows, size in cursor.fetchall():
            weight = f"{size / 2**30:.2f} GB with indexes, {size / rows:.0f} bytes a row"
            print(f"size, {table}: {rows:,.0f} rows, {weight}")


INDEXES = """
SELECT relname, pg_get_constraintdef(held.oid), pg_get_indexdef(indexrelid)
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
LEFT JOIN pg_constraint held ON held.conindid = indexrelid AND held.contype = 'u'
WHERE indrelid = %(table)s::regclass AND NOT indisprimary
"""
# reference -> resident: the one question about records that does not name a resident
NARROW = """
CREATE TABLE narrow AS SELECT institution_id, category, reference, resident_id FROM links_link;
CREATE UNIQUE INDEX narrow_key ON narrow (institution_id, category, reference);
ANALYZE narrow
"""
WEIGHTS = """
SELECT root.relname, sum(greatest(part.reltuples, 0)), sum(pg_total_relation_size(part.oid))::float
FROM pg_class root LEFT JOIN LATERAL pg_partition_tree(root.oid) tree ON true
JOIN pg_class part ON part.oid = coalesce(tree.relid, root.oid)
WHERE root.relname = ANY(%s) AND root.relnamespace = current_schema()::regnamespace AND part.relkind = 'r'
GROUP BY 1 HAVING sum(greatest(part.reltuples, 0)) > 0 ORDER BY 3 DESC
"""
