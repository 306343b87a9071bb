"""A rotation while requests run, killed in the middle: no error, everything under the new key.

`RESEAL_PEOPLE=100000` is the size of the bar.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from accounts.vault import keyset
from portal.keys import sealing_with_the_newest, with_another_key, without_older_keys
from tests.scratch.portal import ROOT, ScratchPortal, wait_until

PEOPLE = int(os.environ.get("RESEAL_PEOPLE", "2000"))
SEALED = "SELECT count(*) FROM accounts_sealednumber WHERE substr(sealed, 1, 5) = x'{}'"
OPENED = "SELECT count(*) FROM accounts_auditevent WHERE verb = 'number.opened'"

pytestmark = pytest.mark.kill


@pytest.fixture
def portal(tmp_path: Path) -> ScratchPortal:
    """A portal of its own, with people."""
    scratch = ScratchPortal(
        tmp_path, broker_url=f"sqla+sqlite:///{tmp_path / 'broker.sqlite3'}", queue="none"
    )
    scratch.run("manage.py", "migrate", "--verbosity=0")
    scratch.run("manage.py", "createcachetable")
    keys = scratch.environment["VAULT_KEYSET"]
    told(begin(scratch, keys, "-m", "tests.scratch.numbers", "add", str(PEOPLE)))
    return scratch


def begin(portal: ScratchPortal, keys: str, *arguments: str) -> subprocess.Popen[str]:
    """A process of the portal that has this keyset."""
    environment = portal.environment | {"VAULT_KEYSET": keys}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, **pipes)


def told(process: subprocess.Popen[str]) -> str:
    """What a process said that ended well."""
    out, problem = process.communicate(timeout=600)
    assert process.returncode == 0, problem
    return out


def under(portal: ScratchPortal, keys: str) -> int:
    """How many numbers the primary key of that keyset sealed."""
    key = keyset("VAULT_KEYSET", keys).keyset_info().primary_key_id
    return portal.count(SEALED.format(f"01{key:08x}"))


def opened_by(portal: ScratchPortal, keys: str) -> list[int]:
    """How many of all numbers this keyset opens, how many there are, how many secrets of apps it opens."""
    most = str(10 * PEOPLE)
    return [int(x) for x in told(begin(portal, keys, "-m", "tests.scratch.numbers", "open", most)).split()]


def test_keys_change_while_requests_run_and_the_command_is_killed(portal, capsys) -> None:
    old = portal.environment["VAULT_KEYSET"]
    both = sealing_with_the_newest(with_another_key(old))
    requests = begin(portal, both, "-m", "tests.scratch.numbers", "ask", str(PEOPLE))
    wait_until(lambda: portal.count(OPENED) > 0, within=60, what="the first request")

    killed = begin(portal, both, "manage.py", "reseal")
    wait_until(lambda: under(portal, both) >= PEOPLE // 4, within=300, what="a quarter")
    killed.kill()
    killed.communicate()
    left = under(portal, old)
    started = time.monotonic()
    said = told(begin(portal, both, "manage.py", "reseal"))
    seconds = time.monotonic() - started
    requests.terminate()
    asked = int(told(requests))

    opened, everybody, factors = opened_by(portal, without_older_keys(both))
    with capsys.disabled():
        print(f"\n{PEOPLE:,} people, {factors:,} apps: {left:,} left at the kill, ", end="")
        print(f"sealed in {seconds:.1f} s, {asked} requests")
    assert said.endswith("older keys may be dropped.\n")
    assert left > 0
    assert asked > 0
    assert opened == everybody == PEOPLE + asked
    assert factors == PEOPLE // 10
    closed = opened_by(portal, old)
    assert (closed[0], closed[2]) == (0, 0)
