"""kill -9 of the worker in the middle of an incident's plan: it goes on, and is taken back exactly."""

import os
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.links.commands.test_kill import database
from tests.scratch.portal import DATABASE, ROOT, ScratchPortal, wait_until

LINKS = int(os.environ.get("KILL_TEST_LINKS", "600"))
DONE = "SELECT count(*) FROM reports_planstep WHERE state = 'done'"
PHASE = "SELECT phase FROM reports_plan ORDER BY id DESC"
TOLD = "SELECT count(*), count(DISTINCT resident_id) FROM notices_notice WHERE kind = 'incident.affects_you'"
TWICE = """SELECT count(*) FROM (SELECT 1 FROM links_change WHERE kind = 'unlinked'
           GROUP BY link_id HAVING count(*) > 1) AS doubled"""
# a minute without a sign of life, so that the sweep need not wait for one
QUIET = "UPDATE reports_plan SET worked_at = '2026-01-01 00:00:00+00:00'"

pytestmark = pytest.mark.kill


class Installation(ScratchPortal):
    """A scratch portal in which an incident is dealt with step by step."""

    def change(self, statement: str) -> None:
        """One statement, committed."""
        if self.database_url:
            with psycopg.connect(self.database_url) as connection:
                connection.execute(statement)
            return
        with closing(sqlite3.connect(self.folder / DATABASE, timeout=20)) as connection:
            connection.execute(statement)
            connection.commit()

    def do(self, *arguments: str) -> str:
        """One step of the incident, and what it said."""
        command = [sys.executable, "-m", "tests.scratch.incident", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, timeout=300, capture_output=True, text=True
        )
        return done.stdout.strip().splitlines()[-1]

    def phase(self) -> str:
        """Where the last plan is."""
        return str(self.ask(PHASE)[0][0])

    def work_until(self, phase: str) -> float:
        """Wait for a plan to come there; seconds."""
        return wait_until(lambda: self.phase() == phase, within=240, what=phase)


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Installation]:
    """A migrated installation that is gone after the test."""
    embedded = f"sqla+sqlite:///{tmp_path / 'broker.sqlite3'}"
    with database(tmp_path) as url:
        served = url if url.startswith("postgres") else ""
        queue = f"kill-{secrets.token_hex(6)}"
        scratch = Installation(tmp_path, broker_url=embedded, queue=queue, database_url=served)
        scratch.prepare()
        yield scratch
        scratch.kill_worker()


def test_a_killed_worker_s_plan_goes_on_and_is_taken_back_to_the_state_before(portal, capsys):
    assert portal.do("make", str(LINKS)) == str(LINKS)
    before = portal.do("state")
    portal.start_worker()
    started = time.monotonic()
    portal.do("propose")
    portal.work_until("checked")
    dry = time.monotonic() - started
    assert portal.do("state") == before

    portal.do("approve")
    wait_until(lambda: portal.count(DONE) >= LINKS * 0.3, within=240, what="a third of the plan")
    portal.kill_worker()
    at_the_kill = portal.count(DONE)
    portal.change(QUIET)
    portal.start_worker()
    resumed = portal.work_until("done")
    between = portal.do("state")
    portal.do("undo")
    portal.work_until("checked")
    portal.do("approve")
    undone = portal.work_until("done")

    with capsys.disabled():
        print(
            f"\nincident over {LINKS} links ({'postgresql' if portal.database_url else 'sqlite'}): "
            f"dry run {dry:.1f} s, killed after {at_the_kill}, rest applied in {resumed:.1f} s, "
            f"taken back in {undone:.1f} s, told {portal.ask(TOLD)[0]}"
        )
    assert 0 < at_the_kill < LINKS, "the kill came too late to show anything"
    assert between != before
    assert portal.do("state") == before
    assert portal.ask(TOLD) == [(LINKS, LINKS)]
    assert portal.count(TWICE) == 0
    assert portal.count(DONE) == 2 * LINKS
