"""Databases that a test fills and kills processes on, of the kind that this run is on."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings


@contextmanager
def database(folder: Path, *, like: str = "") -> Iterator[str]:
    """The URL of a database of the kind that this run is on: an empty one, or a copy of another one."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        path = Path(tempfile.mkdtemp(dir=folder)) / "killed.sqlite3"
        if like:
            shutil.copy(like.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
        return
    server, name = os.environ["DATABASE_URL"], f"portal_kill_{uuid.uuid4().hex}"
    template = f'TEMPLATE "{like.rpartition("/")[2]}"' if like else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" {template}')
        yield f"{server.rpartition('/')[0]}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
