"""Servers fail one by one, and all at once, while people read and report: what they were told stays true.

After each failure people read and report again within a minute, without anybody's hand.
"""

import os
import time
from collections.abc import Callable

import pytest
import redis

from tests.deploy.crowd import Crowd, gathered
from tests.scratch.portal import wait_until

pytestmark = [pytest.mark.process, pytest.mark.kill]

# people, and how many records each has to report; more in `make drill`
PEOPLE, RECORDS = int(os.environ.get("DRILL_PEOPLE", "4")), int(os.environ.get("DRILL_RECORDS", "150"))
SILENT = 6.0
A_MINUTE, TOLD_WITHIN = 60, 150
NOTICES = "worker-notices-bulk"
UNSETTLED = b"SELECT count(*) FROM notices_notice WHERE settled_at IS NULL"
FILED = b"SELECT public_id || ' ' || resident_id FROM reports_report"
TOLD = b"SELECT subject_id FROM notices_notice WHERE kind = 'report.received' AND settled_at IS NOT NULL"


@pytest.fixture(scope="module")
def crowd(installation) -> Crowd:
    """People who are signed in."""
    return gathered(installation, people=PEOPLE, records=RECORDS)


def failures(installation, wire) -> dict[str, Callable[[], None]]:
    """What happens to whom; each returns once the server that failed could be used again."""
    programs = installation.programs

    def killed(*names: str) -> Callable[[], None]:
        return lambda: ([programs[name].kill() for name in names], installation.start(*names))

    def restarted(name: str) -> Callable[[], None]:
        return lambda: (programs[name].stop(), installation.start(name))

    def emptied() -> None:
        with redis.Redis(port=programs["redis"].port) as server:
            server.flushall()

    def silent() -> None:
        wire.hold()
        since = time.monotonic() + SILENT
        wait_until(lambda: time.monotonic() > since, within=2 * SILENT, what="being silent")
        wire.let_go()

    everything = ("postgresql", "rabbitmq", "redis", NOTICES)
    return {
        "PostgreSQL restarts": restarted("postgresql"),
        "Redis is emptied": emptied,
        "Redis is killed": killed("redis"),
        "a worker is killed": killed(NOTICES),
        "RabbitMQ is killed": killed("rabbitmq"),
        "connections are cut": wire.cut,
        "the network is silent": silent,
        "all at once": killed(*everything),
    }


def test_nothing_accepted_is_lost_and_nobody_sees_a_strangers_page(installation, wire, crowd, capsys) -> None:
    recovered = {}
    with crowd:
        wait_until(lambda: works(crowd, after=0.0), within=A_MINUTE, what="beginning")
        for name, fails in failures(installation, wire).items():
            begun = time.monotonic()
            fails()
            ended = time.monotonic()
            wait_until(lambda since=ended: works(crowd, after=since), within=A_MINUTE, what=f"after {name}")
            recovered[name] = f"{ended - begun:.1f} s, then {time.monotonic() - ended:.1f} s"
    filed = dict(line.split() for line in installation.psql("portal", FILED).decode().splitlines())
    waited = wait_until(
        lambda: installation.psql("portal", UNSETTLED) == b"0\n", within=TOLD_WITHIN, what="telling everybody"
    )
    told = set(installation.psql("portal", TOLD).decode().split())

    with capsys.disabled():
        for name, seconds in recovered.items():
            print(f"\nchaos, {name}: {seconds} until both were possible", end="")
        print(f"\nchaos: {len(acknowledged(crowd))} reports acknowledged, all told within {waited:.0f} s")
    assert {name: filed.get(name) for name in acknowledged(crowd)} == acknowledged(crowd), (
        "lost, or another's"
    )
    assert acknowledged(crowd).keys() <= told, "somebody was never told"
    assert [sight for person in crowd.people for sight in person.strangers] == []


def works(crowd: Crowd, *, after: float) -> bool:
    """Whether somebody read and somebody reported since then."""
    read = any(moment > after for person in crowd.people for moment in person.read)
    return read and any(moment > after for person in crowd.people for moment in person.acknowledged.values())


def acknowledged(crowd: Crowd) -> dict[str, str]:
    """Whose each report is that somebody was told was sent."""
    return {name: str(person.resident) for person in crowd.people for name in person.acknowledged}
