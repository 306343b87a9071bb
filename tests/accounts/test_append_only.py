"""Tables to which rows are only added: the database refuses the rest, whoever asks."""

import datetime
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import append_only, audit, heads, sealing
from accounts.models import AuditEvent, Emptying, ResidentChange, Seal, TrailHead
from links.models import Change
from notices.partitions import make_ahead, parts
from reports.models import Step
from tests import factories
from tests.conftest import triggers_of
from tests.reports.factories import filed

ROWS_ARE_ONLY_ADDED = "only added"


@pytest.fixture
def guarded(db) -> None:
    """The triggers as the migrations put them; the test's own transaction takes them away again."""
    with connection.cursor() as cursor:
        for statement in statements(append_only.install):
            cursor.execute(statement)


def statements(step) -> list[str]:
    """What a step would execute for every protected table, without the editor's own transaction."""

    class Collector:
        def __init__(self) -> None:
            self.connection = connection
            self.collected: list[str] = []

        def execute(self, sql: str, params: object = ()) -> None:
            self.collected.append(sql)

    collector = Collector()
    for table in append_only.PROTECTED:
        step(collector, table)
    if step is append_only.install:
        append_only.let_retention_empty(collector, "accounts_auditevent")
    return collector.collected


@pytest.fixture
def event(resident, support, now) -> AuditEvent:
    return audit.record("record.viewed", by=support, at=now, resident=resident)


@pytest.fixture
def change(link, now) -> Change:
    return Change.objects.create(link=link, resident=link.resident, kind=Change.Kind.CREATED, at=now)


@pytest.fixture
def register_change(resident, now) -> ResidentChange:
    return ResidentChange.objects.create(resident=resident, before={}, after={"name": "見本"}, at=now)


@pytest.fixture
def step(link, resident_user, now) -> Step:
    return filed(link, resident_user, at=now).steps.get()


@pytest.fixture
def seal(event, now) -> Seal:
    sealing.seal_waiting(at=now)
    return Seal.objects.get()


@pytest.fixture
def emptying(db, now) -> Emptying:
    return Emptying.objects.create(before=now.replace(year=2001), at=now)


@pytest.fixture
def head(seal, now) -> TrailHead:
    return heads.make_head(at=now)


@pytest.fixture(params=["event", "seal", "emptying", "head", "change", "register_change", "step"])
def row(request):
    """One row of each protected table."""
    return request.getfixturevalue(request.param)


def refused(deed) -> bool:
    """Whether the database refused the deed in the words of the trigger."""
    with pytest.raises(DatabaseError, match=ROWS_ARE_ONLY_ADDED), transaction.atomic():
        deed()
    return True


def test_every_protected_table_has_a_row_in_these_tests(
    event, seal, emptying, head, change, register_change, step
) -> None:
    tables = {row._meta.db_table for row in (event, seal, emptying, head, change, register_change, step)}

    assert tables == set(append_only.PROTECTED)


def test_the_migrations_guard_every_protected_table(flushable_trail) -> None:
    """A later migration that rebuilds a table drops its triggers on SQLite: it must guard it again."""
    assert flushable_trail == set(append_only.PROTECTED)


def test_rows_can_be_added(guarded, resident, support, now) -> None:
    audit.record("record.viewed", by=support, at=now, resident=resident)
    audit.record_many([audit.event("record.viewed", by=None, at=now, resident=resident)])

    assert AuditEvent.objects.count() == 2


def test_a_row_cannot_be_changed(row, guarded) -> None:
    assert refused(lambda: type(row).objects.filter(pk=row.pk).update(at=row.at.replace(year=2000)))

    row.refresh_from_db()
    assert row.at.year > 2000


def test_a_row_cannot_be_saved_over(row, guarded) -> None:
    assert refused(lambda: row.save(force_update=True))


def test_a_row_cannot_be_deleted(row, guarded) -> None:
    assert refused(row.delete)

    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_table_cannot_be_emptied(row, guarded) -> None:
    def deed() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {row._meta.db_table}")  # noqa: S608

    assert refused(deed)


def test_an_insert_cannot_turn_into_a_change(row, guarded) -> None:
    twin = type(row).objects.get(pk=row.pk)
    key = [row._meta.pk.name, *(["at"] if parts(connection, row._meta.db_table) else [])]

    assert refused(
        lambda: type(row).objects.bulk_create(
            [twin], update_conflicts=True, unique_fields=key, update_fields=["at"]
        )
    )


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_a_table_cannot_be_truncated(row, guarded) -> None:
    def deed() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or the pending ones refuse first
            cursor.execute(f"TRUNCATE {row._meta.db_table} CASCADE")

    assert refused(deed)


def holds(part: str, row) -> bool:
    """Whether the row lies in that part of its table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {part} WHERE id = %s", [row.pk])  # noqa: S608
        return cursor.fetchone() is not None


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_a_partition_addressed_by_itself_refuses_too(statement, row, guarded) -> None:
    def deed(part: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(part))

    for part in parts(connection, row._meta.db_table):
        # the trail asks of each row whether its time is over, so that no row is no refusal
        if not (statement.startswith("DELETE") and isinstance(row, AuditEvent) and not holds(part, row)):
            assert refused(partial(deed, part))


def test_a_month_that_is_made_later_is_guarded_from_its_first_row(guarded) -> None:
    made = make_ahead(connection, on=datetime.date(2101, 11, 15))

    assert all(triggers_of(part) for part in made if part.startswith(append_only.PROTECTED))


def test_what_is_lifted_can_be_changed(event, guarded) -> None:
    with connection.cursor() as cursor:
        for statement in statements(append_only.remove):
            cursor.execute(statement)

    AuditEvent.objects.filter(pk=event.pk).delete()

    assert not AuditEvent.objects.exists()


def test_lifting_twice_is_no_error(guarded) -> None:
    with connection.cursor() as cursor:
        for statement in statements(append_only.remove) * 2:
            cursor.execute(statement)

    factories.ResidentFactory.create()


def test_the_step_of_a_migration_guards_and_lifts_the_table(db) -> None:
    step = append_only.protect("accounts_auditevent")

    class Editor:
        def __init__(self) -> None:
            self.connection = connection
            self.executed = ""

        def execute(self, sql: str, params: object = ()) -> None:
            self.executed += sql

    forwards, backwards = Editor(), Editor()
    step.code(None, forwards)
    step.reverse_code(None, backwards)

    assert "CREATE TRIGGER accounts_auditevent" in forwards.executed
    assert "DROP TRIGGER IF EXISTS accounts_auditevent" in backwards.executed
