"""The command and the task that make the partitions of the months ahead."""

import datetime
import io

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import AuditEvent
from notices.partitions import parts
from portal import tasks

postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite keeps tables whole")
LATER = datetime.datetime(2101, 11, 15, tzinfo=datetime.UTC)


def said(*options: str) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("make_partitions", *options, stdout=out)
    return out.getvalue()


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="PostgreSQL keeps them in months")
def test_where_tables_are_whole_the_command_says_that_there_is_nothing_to_make(db):
    assert said("--move-rows") == "This database keeps its tables whole: there is nothing to make.\n"


@postgresql
def test_the_command_names_what_it_made_and_the_second_time_nothing(db):
    with time_machine.travel(LATER, tick=False):
        first, second = said(), said()

    assert "links_change_2101_11\nlinks_change_2101_12\nlinks_change_2102_01\n" in first
    assert second == "The months ahead have their partitions.\n"


@postgresql
def test_rows_in_the_way_are_moved_only_when_asked_and_counted(db):
    AuditEvent.objects.create(at=LATER, verb="record.viewed")

    with time_machine.travel(LATER, tick=False):
        with pytest.raises(CommandError, match="--move-rows"):
            said()
        told = said("--move-rows")

    assert "accounts_auditevent: 1 rows moved to months of their own.\n" in told
    assert "accounts_auditevent_2101_11" in parts(connection, "accounts_auditevent")


def test_beat_makes_them_daily():
    entry = settings.CELERY_BEAT_SCHEDULE["make-partitions"]

    assert (entry["task"], entry["schedule"]) == (tasks.make_partitions.name, 24 * 3600.0)


def test_the_task_makes_the_months_ahead(db):
    with time_machine.travel(LATER, tick=False):
        tasks.make_partitions()

    made = "links_change_2102_01" in parts(connection, "links_change")
    assert made == (connection.vendor == "postgresql")
