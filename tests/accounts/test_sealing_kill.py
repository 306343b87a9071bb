"""kill -9 of the process that seals: no event stays unsealed, none is sealed twice, the chain holds."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scratch.portal import ROOT, ScratchPortal, wait_until

EVENTS = int(os.environ.get("KILL_TEST_EVENTS", "3000"))
SEALS = "SELECT count(*) FROM accounts_seal"
UNSEALED = """SELECT count(*) FROM accounts_auditevent e LEFT JOIN accounts_seal s ON s.event_id = e.id
              WHERE s.event_id IS NULL"""

pytestmark = pytest.mark.kill


@pytest.fixture
def portal(tmp_path: Path) -> ScratchPortal:
    """A migrated portal of its own."""
    scratch = ScratchPortal(
        tmp_path, broker_url=f"sqla+sqlite:///{tmp_path / 'broker.sqlite3'}", queue="seal"
    )
    scratch.prepare()
    return scratch


def start_sealing(portal: ScratchPortal) -> subprocess.Popen:
    """The task in a process of its own, in small batches, so that a kill lands in the middle."""
    command = [sys.executable, "-m", "tests.scratch.trail", "seal"]
    return subprocess.Popen(command, cwd=ROOT, env=portal.environment, start_new_session=True)


def test_a_sealing_task_that_is_killed_loses_nothing_and_seals_nothing_twice(portal, capsys) -> None:
    portal.run("-m", "tests.scratch.trail", "write", str(EVENTS))
    sealed_at_kills = []

    for share in (0.2, 0.6):
        sealing = start_sealing(portal)
        wait_until(lambda share=share: portal.count(SEALS) >= EVENTS * share, within=60, what="sealing")
        os.killpg(sealing.pid, signal.SIGKILL)
        sealing.wait()
        sealed_at_kills.append(portal.count(SEALS))
    last = start_sealing(portal)
    last.wait(timeout=60)

    with capsys.disabled():
        print(f"\nkill -9 of the sealer: {EVENTS} events, when killed {sealed_at_kills}, all afterwards")
    assert last.returncode == 0
    assert sealed_at_kills[-1] < EVENTS, "the kill came too late to show anything"
    assert portal.count(UNSEALED) == 0
    assert portal.count(SEALS) == EVENTS
    portal.run("manage.py", "verify_trail")
