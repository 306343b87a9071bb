"""kill -9 of workers, broker and the sending process at random moments: nothing lost, nothing shown twice."""

import os
import random
import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.plain import servers
from deploy.plain.server import Server
from tests.scratch.portal import ScratchPortal, wait_until

FACTS = int(os.environ.get("KILL_TEST_FACTS", "200"))
SEED = int(os.environ.get("KILL_TEST_SEED") or secrets.randbelow(10**6))
# each is killed so often, the first time before so many tenths of all are accepted
KILLS, TENTHS = 2, 8
ACCEPTED = "SELECT count(*) FROM notices_delivery WHERE state = 'accepted'"
UNSETTLED = "SELECT count(*) FROM notices_notice WHERE settled_at IS NULL"
COMMITTED = "SELECT count(*) FROM accounts_auditevent WHERE verb = 'record.viewed'"
DOUBLED = """SELECT count(*) FROM (SELECT 1 FROM notices_delivery
             GROUP BY notice_id, channel, recipient_id HAVING count(*) > 1)"""
SHOWN = "SELECT count(*), count(DISTINCT subject_id) FROM notices_notice"

pytestmark = pytest.mark.kill


class Redis(Server):
    """A Redis that keeps nothing on its disk: whatever lay in it is gone with the process."""

    def __init__(self, folder: Path) -> None:
        made = servers.cache(folder)
        command = [part if part != "allkeys-lru" else "noeviction" for part in made.command]
        super().__init__("redis", command, folder, port=made.port)


NEEDED = {"rabbitmq": Path(servers.BROKER).exists(), "redis": shutil.which("redis-server") is not None}
ADDRESSES = {"rabbitmq": "amqp://guest:guest@127.0.0.1:{}//", "redis": "redis://127.0.0.1:{}/0"}


@pytest.fixture(params=["embedded", "redis", "rabbitmq"])
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ScratchPortal]:
    """A migrated portal with a broker of its own; both are gone after the test."""
    made = {"redis": Redis, "rabbitmq": servers.broker}.get(request.param)
    if made and not NEEDED[request.param]:
        pytest.skip(f"no {request.param} is installed here; .ci/run installs it")
    broker = made(tmp_path) if made else None
    url = f"sqla+sqlite:///{tmp_path / 'broker.sqlite3'}"
    if broker is not None:
        url = ADDRESSES[request.param].format(broker.port)
        broker.start()
        broker.wait()
    scratch = ScratchPortal(tmp_path, broker_url=url, queue=f"kill-{secrets.token_hex(6)}", broker=broker)
    scratch.prepare()
    yield scratch
    scratch.kill_worker()
    scratch.kill_sender()
    if broker is not None:
        broker.kill()


def kill_at_random(portal: ScratchPortal, chance: random.Random) -> Counter[str]:
    """Kill one after the other while facts are committed and told; how often each was."""
    victims: dict[str, Callable[[], None]] = {
        "worker": portal.restart_worker,
        "sender": portal.restart_sender,
    }
    if portal.broker is not None:
        victims["broker"] = portal.restart_broker
    order = [name for name in victims for _kill in range(KILLS)]
    chance.shuffle(order)
    moments = sorted(chance.uniform(0, FACTS * TENTHS / 10) for _kill in order)
    killed: Counter[str] = Counter()
    for name, moment in zip(order, moments, strict=True):
        told = max(int(moment), 1)
        wait_until(lambda told=told: portal.count(ACCEPTED) >= told, within=240, what=f"telling {told}")
        victims[name]()
        killed[name] += 1
    return killed


def test_whatever_is_killed_each_fact_is_told_and_shown_once(portal, capsys):
    portal.start_sender(FACTS)
    portal.start_worker()

    killed = kill_at_random(portal, random.Random(SEED))
    accepted_at_last_kill = portal.count(ACCEPTED)
    wait_until(lambda: portal.count(COMMITTED) == FACTS, within=300, what="committing facts")
    seconds = wait_until(lambda: portal.count(UNSETTLED) == 0, within=300, what="the sweep")

    copies = portal.copies()
    contents = {(mail["Message-ID"], mail["To"], mail.get_payload()) for mail in portal.mails()}
    name = portal.broker_url.partition(":")[0]
    with capsys.disabled():
        print(
            f"\nkill -9 of {dict(killed)} ({name}, seed {SEED}): facts {FACTS}, accepted at the last kill "
            f"{accepted_at_last_kill}, all told {seconds:.1f} s after the last fact, mails repeated under "
            f"their Message-ID {copies.total() - len(copies)}, then with other words "
            f"{len(contents) - len(copies)}, lost {FACTS - len(copies)}"
        )
    assert accepted_at_last_kill < FACTS, "the kills came too late to show anything"
    assert len(copies) == len(contents) == FACTS
    assert portal.count(ACCEPTED) == FACTS
    assert portal.count(DOUBLED) == 0
    assert portal.ask(SHOWN) == [(FACTS, FACTS)]
