"""Backups: a folder each, with what the database held at one moment, the files, and what to compare.

The counts are taken in the very snapshot that is dumped: a restored database can be compared to the row while
the service goes on writing.
"""

import datetime
import hashlib
import json
import os
import sqlite3
import subprocess
import tarfile
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

DUMP, EMBEDDED, FILES, CONTENTS = "database.dump", "database.sqlite3", "files.tar", "contents.json"
A_PART = 1 << 20


class BackupError(Exception):
    """Why a backup could not be made or read, in words fit to show."""


def back_up(into: Path, *, at: datetime.datetime) -> Path:
    """A new folder with a backup of this moment; BackupError where it cannot be made."""
    folder = into / f"portal-{at:%Y%m%dT%H%M%SZ}"
    partial = folder.with_suffix(".partial")
    partial.mkdir(mode=0o700, parents=True)
    counts = dump(partial) if connection.vendor == "postgresql" else copy_embedded(partial)
    if settings.STORAGES["files"]["BACKEND"].endswith("FileSystemStorage"):
        with tarfile.open(partial / FILES, "w") as tar:
            tar.add(settings.FILES_DIR, arcname="files")
    digests = {path.name: digest(path) for path in sorted(partial.iterdir())}
    contents = {"at": at.isoformat(), "vendor": connection.vendor, "counts": counts, "sha256": digests}
    (partial / CONTENTS).write_text(json.dumps(contents, indent=1))
    partial.rename(folder)  # what has this name is whole
    return folder


def dump(folder: Path) -> dict[str, int]:
    """pg_dump of a snapshot that stays open until its rows are counted too."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()
        options = ["--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={folder / DUMP}"]
        run("pg_dump", *options)
        return counted()


def copy_embedded(folder: Path) -> dict[str, int]:
    """SQLite's own way to copy a file that others write to."""
    connection.ensure_connection()
    with sqlite3.connect(folder / EMBEDDED) as copy:
        connection.connection.backup(copy)
    found = {
        table: int(copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608 (our tables)
        for table in tables()
    }
    copy.close()
    return found


def restore(folder: Path) -> dict[str, Any]:
    """Read a backup into the empty database of this installation, compare, and say what it holds."""
    contents = checked(folder)
    if contents["vendor"] != connection.vendor:
        raise BackupError(f"This backup is one of {contents['vendor']}, the database is {connection.vendor}.")
    if connection.introspection.table_names():
        raise BackupError("The database is not empty: a backup is read into a new one only.")
    if connection.vendor == "postgresql":
        run("pg_restore", "--exit-on-error", "--no-owner", "--jobs=2", "--dbname", name(), str(folder / DUMP))
        connection.close()
    else:
        connection.ensure_connection()
        with sqlite3.connect(folder / EMBEDDED) as copy:
            copy.backup(connection.connection)
        copy.close()
    if (folder / FILES).exists():
        with tarfile.open(folder / FILES) as tar:
            tar.extractall(settings.FILES_DIR.parent, filter="data")
    compare(contents["counts"])
    return contents


def checked(folder: Path) -> dict[str, Any]:
    """What a backup says it holds; BackupError where it is none, or a byte of it was changed."""
    try:
        contents: dict[str, Any] = json.loads((folder / CONTENTS).read_text())
        changed = [file for file, was in contents["sha256"].items() if digest(folder / file) != was]
    except (OSError, ValueError, KeyError) as problem:
        raise BackupError(f"{folder} is no whole backup.") from problem
    if changed:
        raise BackupError(f"{', '.join(changed)} in {folder} is not as it was written.")
    return contents


def compare(counts: dict[str, int]) -> None:
    """BackupError where a table holds another number of rows than when it was backed up."""
    found = counted()
    other = [table for table in counts if found.get(table) != counts[table]]
    if other:
        raise BackupError(f"Restored, but with other numbers of rows in: {', '.join(other)}.")


def counted() -> dict[str, int]:
    """How many rows each table of ours has."""
    with connection.cursor() as cursor:
        found = {}
        for table in tables():
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 (our tables)
            [found[table]] = cursor.fetchone()
    return found


def tables() -> list[str]:
    """The tables of every model."""
    return sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})


def run(program: str, *options: str) -> None:
    """One of PostgreSQL's programs on our database; its password is not on the command line."""
    found = connection.settings_dict
    where = {"PGHOST": found["HOST"], "PGPORT": str(found["PORT"] or ""), "PGUSER": found["USER"]}
    where |= {"PGPASSWORD": found["PASSWORD"], "PGDATABASE": name()}
    environment = os.environ | {key: value for key, value in where.items() if value}
    try:
        subprocess.run([program, *options], env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError as problem:
        raise BackupError(f"{program} is not installed: install PostgreSQL's client programs.") from problem
    except subprocess.CalledProcessError as problem:
        # its last line says why, and quotes no row
        last = (problem.stderr.strip().splitlines() or [""])[-1]
        raise BackupError(f"{program} failed: {last}") from problem


def name() -> str:
    """The name of our database."""
    return str(connection.settings_dict["NAME"])


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(A_PART):
            found.update(part)
    return found.hexdigest()
