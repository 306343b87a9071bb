"""Migrations after the first release lock no table in use: squawk reads the statements that they run."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.deploy import locking

pytestmark = pytest.mark.process


def test_what_locks_a_table_in_use_is_found() -> None:
    said = locking.squawk("CREATE INDEX slow ON links_link (resident_id);")

    assert said.returncode != 0
    assert "require-concurrent-index-creation" in said.stdout


def test_statements_are_read_without_a_server_as_with_one(db, capsys) -> None:
    """What `make check` reads, where nobody answers, is what PostgreSQL is given."""
    if connection.vendor != "postgresql":
        pytest.skip("what PostgreSQL runs is asked of PostgreSQL")
    name = ("reports", "0001_initial")
    call_command("sqlmigrate", *name)

    with_one = capsys.readouterr().out.split()
    without = locking.statements(name, connection).split()

    assert without
    assert [word for word in with_one if word not in ("BEGIN;", "COMMIT;")] == without


def test_no_migration_since_the_first_release_locks_a_table_in_use(db, capsys) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("what PostgreSQL runs is asked of PostgreSQL")

    for app, name in locking.later():
        call_command("sqlmigrate", app, name)
        said = locking.squawk(capsys.readouterr().out)
        assert said.returncode == 0, f"{app}.{name}\n{said.stdout}{said.stderr}"
