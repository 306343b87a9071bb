"""Each month of the tables that only grow has a partition, made ahead and without disturbing anybody."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from accounts.models import AuditEvent
from links.models import Change
from notices import partitions
from notices.models import Delivery, Notice
from notices.partitions import JAPAN, PartitionError, empty_default, make_ahead, partitioned, parts
from tests.at_once import at_once
from tests.notices.factories import DeliveryFactory

postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite keeps tables whole")
TABLES = {
    "accounts_auditevent": "at",
    "accounts_residentchange": "at",
    "links_change": "at",
    "notices_delivery": "noticed_at",
    "notices_notice": "created_at",
}
LATER = datetime.date(2101, 11, 15)
MONTHS_LATER = ["2101_11", "2101_12", "2102_01"]
SOON_ENOUGH = "SET LOCAL lock_timeout = '20ms'"


def seen_at(*moment: int) -> AuditEvent:
    """A deed at a time of the clock in Japan."""
    return AuditEvent.objects.create(at=datetime.datetime(*moment, tzinfo=JAPAN), verb="record.viewed")


def partition_of(row) -> str:
    """Where the database keeps the row."""
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tableoid::regclass::text FROM {table} WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


@contextmanager
def somebody_who(statement: str) -> Iterator[None]:
    """Another session that executed the statement and has not ended its transaction."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(statement)
            yield
    finally:
        other.close()


@postgresql
def test_the_tables_that_only_grow_are_kept_in_months(db):
    assert partitioned(connection) == TABLES


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="PostgreSQL keeps them in months")
def test_elsewhere_tables_are_whole_and_there_is_nothing_to_make(db, today):
    assert partitioned(connection) == {}
    assert parts(connection, "links_change") == []
    assert make_ahead(connection, on=today) == []


@postgresql
@pytest.mark.parametrize("table", TABLES)
def test_migrations_make_this_month_the_next_two_and_one_for_the_rest(table, today, db):
    make_ahead(connection, on=today)  # nothing, unless the month ended since the tests began

    months = {partitions.name_of(table, month) for month in partitions.months_from(today)}

    assert {*months, f"{table}_default"} <= set(parts(connection, table))


def test_the_months_ahead_go_on_in_the_next_year():
    december = datetime.date(2026, 12, 31)

    months = partitions.months_from(december)

    assert [f"{month:%Y-%m-%d}" for month in months] == ["2026-12-01", "2027-01-01", "2027-02-01"]


@postgresql
def test_a_month_begins_at_midnight_in_japan(db):
    make_ahead(connection, on=LATER)

    last, first = seen_at(2101, 11, 30, 23, 59, 59, 999_999), seen_at(2101, 12, 1)

    assert partition_of(last) == "accounts_auditevent_2101_11"
    assert partition_of(first) == "accounts_auditevent_2101_12"


@postgresql
def test_a_fact_whose_month_nobody_made_is_kept_nevertheless(db):
    assert partition_of(seen_at(1989, 1, 8)) == "accounts_auditevent_default"


@postgresql
def test_what_is_missing_is_made_once(db):
    first, second = make_ahead(connection, on=LATER), make_ahead(connection, on=LATER)

    assert first == [f"{table}_{month}" for table in TABLES for month in MONTHS_LATER]
    assert second == []


@postgresql
def test_two_who_make_them_at_once_make_each_once(transactional_db):
    try:
        made = at_once(*[lambda: make_ahead(connection, on=LATER)] * 2)
    finally:
        with connection.cursor() as cursor:
            for name in [f"{table}_{month}" for table in TABLES for month in MONTHS_LATER]:
                cursor.execute(f"DROP TABLE IF EXISTS {name}")

    assert sorted(sum(made, [])) == sorted(f"{table}_{month}" for table in TABLES for month in MONTHS_LATER)


@postgresql
@pytest.mark.parametrize("statement", ["SELECT FROM ONLY links_change", "DELETE FROM ONLY links_change"])
def test_an_import_that_is_reading_and_writing_is_not_waited_for(statement, monkeypatch, db):
    monkeypatch.setattr(partitions, "PATIENCE", SOON_ENOUGH)

    with somebody_who(statement):
        made = make_ahead(connection, on=LATER)

    assert "links_change_2101_11" in made


@postgresql
def test_a_table_in_use_is_left_alone_soon_and_named_and_the_others_are_made(monkeypatch, db):
    monkeypatch.setattr(partitions, "PATIENCE", SOON_ENOUGH)

    with (
        somebody_who("SELECT FROM links_change_default"),
        pytest.raises(PartitionError) as refusal,
    ):
        make_ahead(connection, on=LATER)

    assert str(refusal.value) == "links_change is in use: please try again later."
    assert "links_change_2101_11" not in parts(connection, "links_change")
    assert "notices_notice_2101_11" in parts(connection, "notices_notice")


@postgresql
def test_rows_of_a_month_to_be_made_are_not_moved_unasked(db):
    early = seen_at(2101, 12, 24)

    with pytest.raises(PartitionError, match=r"accounts_auditevent_default .*make_partitions --move-rows"):
        make_ahead(connection, on=LATER)

    assert partition_of(early) == "accounts_auditevent_default"
    assert "links_change_2101_11" in parts(connection, "links_change")


@postgresql
def test_rows_of_a_default_partition_get_months_of_their_own_when_asked(now, db):
    present, ancient, early = seen_at(*now.timetuple()[:3]), seen_at(1989, 1, 8), seen_at(2101, 12, 24)
    before = list(AuditEvent.objects.order_by("pk").values())

    moved = empty_default(connection, "accounts_auditevent", "at")

    assert moved == 2
    assert list(AuditEvent.objects.order_by("pk").values()) == before
    assert [partition_of(row)[-7:] for row in (present, ancient, early)] == [
        f"{now.astimezone(JAPAN):%Y_%m}",
        "1989_01",
        "2101_12",
    ]
    assert "accounts_auditevent_default" in parts(connection, "accounts_auditevent")


@postgresql
def test_an_empty_default_partition_stays_as_it_is(db):
    assert empty_default(connection, "accounts_auditevent", "at") == 0


@postgresql
def test_moved_rows_keep_their_rules(db):
    delivery = DeliveryFactory.create(noticed_at=datetime.datetime(1989, 1, 8, tzinfo=JAPAN))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as if written long ago

    empty_default(connection, "notices_delivery", "noticed_at")
    twin = Delivery.objects.get(pk=delivery.pk)
    twin.pk = None

    assert Delivery.objects.bulk_create([twin], ignore_conflicts=True)
    assert Delivery.objects.get() == delivery


@postgresql
def test_a_notice_and_its_deliveries_are_looked_for_in_one_partition(db):
    notice = DeliveryFactory.create().notice

    everywhere = Notice.objects.filter(pk=notice.pk).explain()
    pruned = [Notice.objects.just(notice).explain(), Delivery.objects.of(notice).explain()]

    assert "Append" in everywhere
    assert not any("Append" in plan for plan in pruned)


@postgresql
def test_the_history_of_a_record_can_be_read_by_the_index_of_each_month(link, db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # tables of few rows are read whole

    plan = Change.objects.filter(link=link).order_by("at").explain()

    assert "Seq Scan" not in plan
    assert "links_change_default_link_id_at_idx" in plan
