"""One installation of plain processes for all tests that use it, on the schema of the tests' database."""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from deploy.plain import servers
from deploy.plain.installation import Installation, installed
from tests.deploy.wire import Wire


@pytest.fixture(scope="session")
def schema(django_db_setup: None, django_db_blocker) -> bytes:  # noqa: ANN001
    """What pg_dump writes of the migrated database; migrating another one would take half a minute."""
    if connection.vendor != "postgresql":
        pytest.skip("an installation runs on PostgreSQL")
    with django_db_blocker.unblock():
        found = connection.settings_dict
    dumping = [servers.newest("pg_dump"), "-h", found["HOST"], "-p", str(found["PORT"] or 5432)]
    who = ["-U", found["USER"], "--no-owner", found["NAME"]]
    secret = {"PGPASSWORD": found["PASSWORD"], "PATH": "/usr/bin:/bin"}
    return subprocess.run([*dumping, *who], check=True, capture_output=True, env=secret).stdout


@pytest.fixture(scope="session")
def wire() -> Iterator[Wire]:
    """What our processes reach their servers by."""
    with Wire() as found:
        yield found


@pytest.fixture(scope="session")
def installation(schema: bytes, wire: Wire) -> Iterator[Installation]:
    """It runs until the last test ends."""
    with (
        tempfile.TemporaryDirectory(prefix="portal-installed-") as folder,
        installed(Path(folder), schema=schema, between=wire.before, NOTICE_STUCK_AFTER="10") as found,
    ):
        yield found
