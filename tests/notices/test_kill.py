"""kill -9 of the worker in the middle of delivering: nothing lost, nothing shown twice."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scratch.portal import ScratchPortal, wait_until

FACTS = int(os.environ.get("KILL_TEST_FACTS", "200"))
ACCEPTED = "SELECT count(*) FROM notices_delivery WHERE state = 'accepted'"
UNSETTLED = "SELECT count(*) FROM notices_notice WHERE settled_at IS NULL"
DOUBLED = """SELECT count(*) FROM (SELECT 1 FROM notices_delivery
             GROUP BY notice_id, channel, recipient_id HAVING count(*) > 1)"""
SHOWN = "SELECT count(*), count(DISTINCT subject_id) FROM notices_notice"

pytestmark = pytest.mark.kill


def brokers() -> list[str]:
    """The embedded broker, and the one that the environment names where it is a server."""
    named = os.environ.get("BROKER_URL", "")
    return ["embedded", *([named] if named.startswith(("amqp", "redis")) else [])]


@pytest.fixture(params=brokers(), ids=lambda url: url.partition(":")[0])
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ScratchPortal]:
    """A migrated portal of its own that is gone after the test."""
    embedded = f"sqla+sqlite:///{tmp_path / 'broker.sqlite3'}"
    url = embedded if request.param == "embedded" else request.param
    scratch = ScratchPortal(tmp_path, broker_url=url, queue=f"kill-{secrets.token_hex(6)}")
    scratch.prepare()
    yield scratch
    scratch.kill_worker()
    scratch.drop_queue()


def deliver_until(portal: ScratchPortal, accepted: int) -> None:
    """Run a worker until so many are accepted, then kill it with -9 in whatever it is doing."""
    portal.start_worker()
    wait_until(lambda: portal.count(ACCEPTED) >= accepted, within=120, what=f"delivering {accepted}")
    portal.kill_worker()


def test_a_worker_killed_while_delivering_loses_nothing_and_tells_nothing_twice(portal, capsys):
    portal.run("-m", "tests.scratch.facts", str(FACTS))
    accepted_at_kills = []

    for share in (0.2, 0.6):
        deliver_until(portal, int(FACTS * share))
        accepted_at_kills.append(portal.count(ACCEPTED))
    portal.start_worker()
    seconds = wait_until(lambda: portal.count(UNSETTLED) == 0, within=120, what="the sweep")

    copies = portal.copies()
    contents = {(mail["Message-ID"], mail["To"], mail.get_payload()) for mail in portal.mails()}
    repeated = copies.total() - len(copies)
    with capsys.disabled():
        print(
            f"\nkill -9 of the worker ({portal.broker_url.partition(':')[0]}): facts {FACTS}, "
            f"accepted when killed {accepted_at_kills}, all told {seconds:.1f} s after the restart, "
            f"mails repeated under the same Message-ID {repeated}, lost {FACTS - len(copies)}"
        )
    assert accepted_at_kills[-1] < FACTS, "the kill came too late to show anything"
    assert len(copies) == len(contents) == FACTS
    assert portal.count(ACCEPTED) == FACTS
    assert portal.count(DOUBLED) == 0
    assert portal.ask(SHOWN) == [(FACTS, FACTS)]
