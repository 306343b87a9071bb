"""Which migrations since the first release would lock a table in use: `python -m tests.deploy.locking`.

squawk reads the statements as PostgreSQL 15 would be given them; no server is asked. What few migrations look
into the database first is left to tests/deploy/test_migrations.py.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import django
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.utils import OperationalError
from psycopg.sql import quote

BEFORE = (Path(__file__).parent / "first_release.txt").read_text().split()
ROOMS = ("accounts", "certificates", "links", "notices", "portal", "reports")
NOBODY = "postgres://nobody@127.0.0.1:1/nothing"
READ_AS = 150000
# ours are made by Django: its types, its names, and one migration a transaction
EXCLUDED = (
    "prefer-bigint-over-int,prefer-bigint-over-smallint,prefer-identity,prefer-text-field,prefer-robust-stmts,"
    "ban-char-field,require-timeout-settings,transaction-nesting"
)
Name = tuple[str, str]


def later() -> list[Name]:
    """Our migrations that the first release did not have yet."""
    known = MigrationLoader(None).disk_migrations
    return sorted(key for key in known if key[0] in ROOMS and ".".join(key) not in BEFORE)


def statements(name: Name, connection: BaseDatabaseWrapper) -> str:
    """What that migration runs; OperationalError where only a server could say."""
    loader = MigrationLoader(None, replace_migrations=False)
    state = loader.project_state(name, at_end=False)
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        loader.disk_migrations[name].apply(state, editor, collect_sql=True)
    return "\n".join(editor.collected_sql)


def without_server() -> BaseDatabaseWrapper:
    """PostgreSQL's dialect, and nobody there to be asked."""
    connection = connections["default"]
    connection.__dict__["pg_version"] = READ_AS
    connection.ops.compose_sql = composed
    return connection


def composed(statement: str, values: Sequence[object] | None) -> str:
    """The statement with its values in their places, quoted without a connection."""
    return statement % tuple(map(quote, values)) if values else statement


def squawk(read: str) -> subprocess.CompletedProcess[str]:
    """What it says."""
    program = Path(sys.executable).parent / "squawk"
    command = [str(program), "--assume-in-transaction", "--pg-version", "15.0", "--exclude", EXCLUDED]
    return subprocess.run(command, input=read, capture_output=True, text=True)


def main() -> int:
    """Name what would lock; 1 where something would."""
    django.setup()
    connection, failed = without_server(), 0
    for name in later():
        try:
            said = squawk(statements(name, connection))
        except OperationalError:
            print(f"{'.'.join(name)} looks into the database first: left to the tests on PostgreSQL")
            continue
        if said.returncode:
            print(".".join(name), said.stdout, said.stderr, sep="\n")
            failed = 1
    return failed


if __name__ == "__main__":
    os.environ["DATABASE_URL"] = NOBODY
    sys.exit(main())
