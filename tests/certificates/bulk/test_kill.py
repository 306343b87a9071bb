"""kill -9 of the worker in the middle of a bulk issue: it goes on, nobody gets two, nobody none."""

import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scratch.databases import database
from tests.scratch.portal import ScratchPortal, wait_until

pytestmark = pytest.mark.kill

PEOPLE = int(os.environ.get("KILL_TEST_CERTIFICATES", "40"))
STATE = "SELECT state FROM certificates_batch"
ISSUED = "SELECT count(*) FROM certificates_certificate"
HOLDERS = "SELECT count(DISTINCT resident_id), count(DISTINCT place) FROM certificates_certificate"
TOLD = "SELECT count(*), count(DISTINCT resident_id) FROM notices_notice WHERE kind = 'certificate.posted'"
TRAIL = "SELECT count(*), count(DISTINCT subject_id) FROM accounts_auditevent WHERE verb = 'certificate.{}'"
ITEMS = "SELECT state, count(*) FROM certificates_item GROUP BY state"
FILES = "SELECT manifest, stored_as FROM certificates_batch"


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[ScratchPortal]:
    """A migrated portal of its own on the database of this run."""
    broker = f"sqla+sqlite:///{tmp_path / 'broker.sqlite3'}"
    with database(tmp_path) as url:
        queue = f"kill-{secrets.token_hex(6)}"
        served = "" if url.startswith("sqlite") else url
        scratch = ScratchPortal(tmp_path, broker_url=broker, queue=queue, database_url=served)
        scratch.prepare()
        yield scratch
        scratch.kill_worker()


def state_is(portal: ScratchPortal, state: str) -> None:
    """A worker brings the list there."""
    wait_until(lambda: portal.ask(STATE) == [(state,)], within=120, what=f"reaching {state}")


def work_until(portal: ScratchPortal, issued: int) -> int:
    """Run a worker until so many are issued, then kill it with -9 in whatever it is doing; how many were."""
    portal.start_worker()
    wait_until(lambda: portal.count(ISSUED) >= issued, within=120, what=f"issuing {issued}")
    portal.kill_worker()
    portal.run("-m", "tests.scratch.insured", "quiet")
    return portal.count(ISSUED)


def test_a_worker_killed_while_issuing_and_printing_leaves_nobody_with_two_or_none(portal, capsys):
    portal.run("-m", "tests.scratch.insured", "list", str(PEOPLE))
    portal.start_worker()
    state_is(portal, "listed")
    portal.kill_worker()
    portal.run("-m", "tests.scratch.insured", "start")

    at_kills = [work_until(portal, int(PEOPLE * share)) for share in (0.2, 0.5, 1)]
    printing = portal.ask(STATE)
    portal.start_worker()
    state_is(portal, "done")

    with capsys.disabled():
        print(f"\nkill -9 of the worker of a bulk issue: {PEOPLE} people, issued when killed {at_kills}")
    assert at_kills[1] < PEOPLE, "the kills came too late to show anything"
    assert printing in ([("issuing",)], [("printing",)])
    assert portal.count(ISSUED) == PEOPLE
    assert portal.ask(HOLDERS) == portal.ask(TOLD) == [(PEOPLE, PEOPLE)]
    assert portal.ask(TRAIL.format("issued")) == portal.ask(TRAIL.format("printed")) == [(PEOPLE, PEOPLE)]
    assert portal.ask(ITEMS) == [("issued", PEOPLE)]
    [(manifest, stored_as)] = portal.ask(FILES)
    found = json.loads(manifest) if isinstance(manifest, str) else manifest
    assert (found["letters"], stored_as != "") == (PEOPLE, True)
