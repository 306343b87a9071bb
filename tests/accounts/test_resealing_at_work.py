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
from portal.keys import (
    sealing_with_the_newest,
    with_another_index_key,
    with_another_key,
    without_older_keys,
)
from tests.scratch.portal import ROOT, ScratchPortal, wait_until

PEOPLE = int(os.environ.get("RESEAL_PEOPLE", "2000"))
SEALED = "SELECT count(*) FROM accounts_sealednumber WHERE substr(sealed, 1, 5) = x'{}'"
FOUND = "SELECT count(*) FROM accounts_sealednumber WHERE substr(fingerprint, 1, 4) = x'{}'"
OPENED = "SELECT count(*) FROM accounts_auditevent WHERE verb = 'number.opened'"

pytestmark = pytest.mark.kill


@pytest.fixture
def portal(tmp_path: Path) -> ScratchPortal:
    """A portal of its own, with people."""
    scratch = ScratchPortal(
        tmp_path, broker_url=f"sqla+sqlite:///{tmp_path / 'broker.sqlite3'}", queue="none"
    )
    scratch.prepare()
    told(begin(scratch, {}, "-m", "tests.scratch.numbers", "add", str(PEOPLE)))
    return scratch


def begin(portal: ScratchPortal, keys: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    """A process of the portal that has these keysets."""
    environment = portal.environment | keys
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, **pipes)


def told(process: subprocess.Popen[str]) -> str:
    """What a process said that ended well."""
    out, problem = process.communicate(timeout=600)
    assert process.returncode == 0, problem
    return out


def under(portal: ScratchPortal, keys: dict[str, str]) -> int:
    """How many numbers the primary keys of those keysets both sealed and find."""
    ids = {name: keyset(name, text).keyset_info().primary_key_id for name, text in keys.items()}
    sealed = portal.count(SEALED.format(f"01{ids['VAULT_KEYSET']:08x}"))
    return min(sealed, portal.count(FOUND.format(f"{ids['VAULT_INDEX_KEYSET']:08x}")))


def opened_by(portal: ScratchPortal, keys: dict[str, str]) -> list[int]:
    """How many of all numbers these open and find, how many there are, how many secrets of apps they open."""
    most = str(10 * PEOPLE)
    return [int(x) for x in told(begin(portal, keys, "-m", "tests.scratch.numbers", "open", most)).split()]


def test_keys_change_while_requests_run_and_the_command_is_killed(portal, capsys) -> None:
    old = {name: portal.environment[name] for name in ("VAULT_KEYSET", "VAULT_INDEX_KEYSET")}
    both = {
        "VAULT_KEYSET": sealing_with_the_newest(with_another_key(old["VAULT_KEYSET"])),
        "VAULT_INDEX_KEYSET": sealing_with_the_newest(with_another_index_key(old["VAULT_INDEX_KEYSET"])),
    }
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

    opened, found, everybody, factors = opened_by(
        portal, {name: without_older_keys(text) for name, text in both.items()}
    )
    with capsys.disabled():
        print(f"\n{PEOPLE:,} people, {factors:,} apps: {left:,} left at the kill, ", end="")
        print(f"sealed and found anew in {seconds:.1f} s, {asked} requests")
    assert said.endswith("older keys may be dropped.\n")
    assert left > 0
    assert asked > 0
    assert opened == found == everybody == PEOPLE + asked
    assert factors == PEOPLE // 10
    opened, found, _everybody, factors = opened_by(portal, old)
    assert (opened, found, factors) == (0, 0, 0)
