"""Migrations after the first release lock no table in use: squawk reads the statements that they run."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

pytestmark = pytest.mark.process

BEFORE = (Path(__file__).parent / "first_release.txt").read_text().split()
# ours are made by Django: its types, its names, and one migration a transaction
EXCLUDED = (
    "prefer-bigint-over-int,prefer-bigint-over-smallint,prefer-identity,prefer-text-field,prefer-robust-stmts,"
    "ban-char-field,require-timeout-settings,transaction-nesting"
)


def squawk(statements: str) -> subprocess.CompletedProcess[str]:
    """What it says."""
    program = Path(sys.executable).parent / "squawk"
    command = [str(program), "--assume-in-transaction", "--pg-version", "15.0", "--exclude", EXCLUDED]
    return subprocess.run(command, input=statements, capture_output=True, text=True)


def test_what_locks_a_table_in_use_is_found() -> None:
    said = squawk("CREATE INDEX slow ON links_link (resident_id);")

    assert said.returncode != 0
    assert "require-concurrent-index-creation" in said.stdout


def test_no_migration_since_the_first_release_locks_a_table_in_use(db, capsys) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("what PostgreSQL runs is asked of PostgreSQL")
    ours = ("accounts", "certificates", "links", "notices", "portal", "reports")
    known = MigrationLoader(None).disk_migrations
    later = sorted(key for key in known if key[0] in ours and ".".join(key) not in BEFORE)

    for app, name in later:
        call_command("sqlmigrate", app, name)
        said = squawk(capsys.readouterr().out)
        assert said.returncode == 0, f"{app}.{name}\n{said.stdout}{said.stderr}"
