"""A table is put into months and together again with all its rows, and Django goes on as before."""

import datetime

import pytest
from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import CheckConstraint, Index, Q

from accounts import audit
from accounts.models import AuditEvent, ResidentChange
from links.models import Change
from notices.models import Delivery, Notice
from notices.partitioning import partition_by_month
from notices.partitions import JAPAN, partitioned, parts
from tests.conftest import triggers_of
from tests.notices.factories import DeliveryFactory, NoticeFactory

pytestmark = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite keeps tables whole")
TABLES = {model._meta.db_table: model for model in (AuditEvent, Change, Delivery, Notice, ResidentChange)}


@pytest.fixture(params=TABLES)
def table(request, link, now) -> str:
    """Each table that is kept in months, with rows of an old, the present and a distant month."""
    old, distant = (datetime.datetime(year, 12, 31, 23, 59, 59, tzinfo=JAPAN) for year in (1999, 2101))
    for at in (old, now, distant):
        audit.record("record.viewed", by=None, at=at, resident=link.resident)
        ResidentChange.objects.create(resident=link.resident, before={}, after={"name": "見本"}, at=at)
        Change.objects.create(link=link, resident=link.resident, kind=Change.Kind.CREATED, at=at)
        DeliveryFactory.create(notice=NoticeFactory.create(resident=link.resident, created_at=at))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as if written long ago
        cursor.execute(
            f"CREATE TRIGGER watched BEFORE TRUNCATE ON {request.param} EXECUTE FUNCTION refuse_change()"
        )
    return request.param


def put_together(table: str) -> None:
    """Undo the migration's step."""
    with connection.schema_editor() as editor:
        partition_by_month(table, partitioned(connection)[table]).reverse_code(None, editor)


def put_into_months(table: str, column: str) -> None:
    """Do the migration's step."""
    with connection.schema_editor() as editor:
        partition_by_month(table, column).code(None, editor)


def shape(table: str) -> dict[str, object]:
    """What migrations by Django may look for, but for the primary key."""
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table)
        columns = connection.introspection.get_table_description(cursor, table)
    return {
        "constraints": {name: rule for name, rule in constraints.items() if not rule["primary_key"]},
        "columns": {(column.name, column.type_code, column.null_ok) for column in columns},
        "triggers": triggers_of(table),
    }


def rows(table: str) -> list[dict[str, object]]:
    """All that is in the table."""
    return list(TABLES[table].objects.order_by("pk").values())


def next_id(table: str) -> int:
    """The key of the next row that Django writes."""
    row = TABLES[table].objects.order_by("pk").last()
    row.pk, row.notice_id = None, -row.pk  # a notice has one delivery of a kind
    row.save(force_insert=True)
    return row.pk


def test_there_and_back_again_every_row_and_name_is_kept(table):
    column, before = partitioned(connection)[table], rows(table)
    in_months = shape(table)

    put_together(table)
    together = shape(table)
    assert (parts(connection, table), rows(table)) == ([], before)

    put_into_months(table, column)
    assert rows(table) == before
    assert shape(table) == together == in_months


def test_every_month_that_has_rows_gets_its_own(table):
    column = partitioned(connection)[table]
    put_together(table)

    put_into_months(table, column)

    assert {f"{table}_1999_12", f"{table}_2101_12"} <= set(parts(connection, table))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}_default")
        assert cursor.fetchone() == (0,)


def test_every_partition_has_the_triggers_of_its_table(table):
    column = partitioned(connection)[table]
    put_together(table)

    put_into_months(table, column)

    assert all(triggers_of(part) == ["watched"] for part in parts(connection, table))


def test_keys_go_on_from_the_last_one(table):
    column, last = partitioned(connection)[table], next_id(table)

    put_together(table)
    assert next_id(table) == last + 1

    put_into_months(table, column)
    assert next_id(table) == last + 2


def test_django_finds_the_counter_to_reset_it(table):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SEQUENCE {table}_id_seq RESTART WITH 1")

    last = rows(table)[-1]["id"]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [TABLES[table]]):
            cursor.execute(statement)

    assert next_id(table) == last + 1


def test_django_can_empty_the_table_and_count_from_one(link, now, db):
    Change.objects.create(link=link, resident=link.resident, kind=Change.Kind.CREATED, at=now)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    connection.ops.execute_sql_flush(
        connection.ops.sql_flush(no_style(), ["links_change"], reset_sequences=True)
    )

    assert not Change.objects.exists()
    assert Change.objects.create(link=link, resident=link.resident, kind="created", at=now).pk == 1


def test_later_migrations_find_indexes_and_constraints_by_their_names(db):
    inbox, due, _codes = Notice._meta.indexes
    once, _letter, _recipient, ended = Delivery._meta.constraints

    with connection.schema_editor() as editor:
        editor.remove_index(Notice, due)
        editor.add_index(Notice, Index(fields=["kind"], name="notices_of_a_kind"))
        editor.remove_constraint(Delivery, once)
        editor.remove_constraint(Delivery, ended)
        editor.add_constraint(Delivery, CheckConstraint(condition=Q(tries__lt=99), name="few_tries"))

    notice, delivery = shape("notices_notice")["constraints"], shape("notices_delivery")["constraints"]
    assert inbox.name in notice
    assert "notices_of_a_kind" in notice
    assert due.name not in notice
    assert "few_tries" in delivery
    assert not {once.name, ended.name} & set(delivery)


def test_later_migrations_can_add_a_field_and_drop_an_index(db):
    unindexed, extra = models.DateTimeField(), models.CharField(max_length=9, default="", db_index=True)
    unindexed.set_attributes_from_name("at")
    extra.set_attributes_from_name("extra")
    unindexed.model = extra.model = ResidentChange

    with connection.schema_editor() as editor:
        editor.alter_field(ResidentChange, ResidentChange._meta.get_field("at"), unindexed)
        editor.add_field(ResidentChange, extra)

    indexed = [rule["columns"] for rule in shape("accounts_residentchange")["constraints"].values()]
    assert ["at"] not in indexed
    assert ["extra"] in indexed
