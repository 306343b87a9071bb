"""review_links as real processes: several share a run, and kill -9 of one loses nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from portal.keys import fresh_secrets

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time on SQLite")

ROOT = Path(__file__).resolve().parents[3]
LINKS = 30_000
FILL = f"from tests.bench.records import add_records; add_records({LINKS})"
FOUND = """
SELECT l.id, l.verdict, l.concealed, l.held, f.verdict, f.reasons, f.elements, f.conceals, f.owner_id,
    (SELECT count(*) FROM links_finding WHERE link_id = l.id),
    (SELECT count(*) FROM links_change WHERE link_id = l.id AND kind = 'verdict'),
    (SELECT count(*) FROM links_hold WHERE link_id = l.id)
FROM links_link l LEFT JOIN links_finding f ON f.link_id = l.id ORDER BY l.id, f.id
"""
DONE = """
SELECT count(*) FROM links_reviewpart part JOIN links_reviewrun run ON run.id = part.run_id
WHERE run.state = 'open' AND part.done
"""
RUNS = "SELECT state, checked, withheld FROM links_reviewrun ORDER BY id"


class Office:
    """An installation of its own with many records, copied from one that was filled once."""

    def __init__(self, folder: Path, name: str, secrets: dict[str, str]) -> None:
        self.name, self.secrets = name, secrets
        self.url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        own = {"DATABASE_URL": self.url, "VAR_DIR": str(folder), "READ_DOT_ENV": "0", "DEBUG": "1"}
        self.environment = kept | secrets | own

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A command as a process, in a group of its own."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> str:
        """What a command prints on its way to a good end."""
        process = self.start(*arguments)
        told, _none = process.communicate(timeout=300)
        assert process.returncode == 0, told
        return told

    def asked(self, question: str) -> list[tuple[object, ...]]:
        """The answer of the database."""
        with psycopg.connect(self.url) as own:
            return own.execute(question).fetchall()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An installation with records which nobody reviewed yet, for others to be copied from."""
    office = Office(tmp_path_factory.mktemp("filled"), f"portal_review_{os.getpid()}", fresh_secrets())
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{office.name}"')
        try:
            office.run("migrate", "--verbosity=0")
            office.run("shell", "--no-imports", "-c", FILL)
            yield office
        finally:
            server.execute(f'DROP DATABASE IF EXISTS "{office.name}" WITH (FORCE)')


@pytest.fixture
def offices(filled: Office, tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """Two installations with the same records, which nobody reviewed yet."""
    both = tuple(Office(tmp_path, f"{filled.name}_{place}", filled.secrets) for place in "ab")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        try:
            for office in both:
                server.execute(f'CREATE DATABASE "{office.name}" TEMPLATE "{filled.name}"')
            yield both
        finally:
            for office in both:
                server.execute(f'DROP DATABASE IF EXISTS "{office.name}" WITH (FORCE)')


def killed_on_the_way(office: Office, *arguments: str) -> int:
    """Kills the command and its helpers once some parts are done; how many were."""
    process = office.start(*arguments)
    done, deadline = 0, time.monotonic() + 120
    while not done and process.poll() is None and time.monotonic() < deadline:
        done = int(str(office.asked(DONE)[0][0]))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    return done


@pytest.mark.process
def test_three_processes_find_what_one_finds(offices: tuple[Office, Office]) -> None:
    alone, together = offices

    line = alone.run("review_links")
    shared = together.run("review_links", "--processes", "3")

    assert f"checked={LINKS} " in line
    assert shared.partition(" seconds=")[0] == line.partition(" seconds=")[0]
    assert together.asked(FOUND) == alone.asked(FOUND)


@pytest.mark.kill
@pytest.mark.parametrize("processes", ["1", "2"])
def test_after_a_kill_one_more_run_finds_what_an_undisturbed_one_finds(
    offices: tuple[Office, Office], processes: str
) -> None:
    calm, stormy = offices
    calm.run("review_links")

    done = killed_on_the_way(stormy, "review_links", "--processes", processes)

    ((state, checked, withheld),) = stormy.asked(RUNS)
    assert state == "open"
    assert done > 0
    assert 0 < int(str(checked)) < LINKS
    assert withheld == 0
    stormy.run("review_links")
    assert stormy.asked(RUNS) == calm.asked(RUNS)
    assert stormy.asked(FOUND) == calm.asked(FOUND)
