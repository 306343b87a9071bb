"""Bars: notices through one worker of two processes beside no-op tasks on the same broker; from commit to
accepted at 50 a second, alone and while a fan-out runs.

Data: BENCH_NOTICES notices to a hundred people with a sign-in each, PostgreSQL, the broker that
BENCH_BROKER_URL names (RabbitMQ), a mail backend that takes everything; queues of its own, deleted after.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from kombu import Connection

from accounts.models import User
from notices.actions import pace, tell, tell_many
from notices.models import Notice
from notices.tasks import pump, sweep
from portal.celery import app
from tests import factories
from tests.bench.tasks import mark, nothing

NUMBER = int(os.environ.get("BENCH_NOTICES", "4000"))
FAN_OUT = int(os.environ.get("BENCH_FAN_OUT", "100000"))
SECONDS = int(os.environ.get("BENCH_LOAD_SECONDS", "20"))
A_SECOND, FANNED_A_SECOND, PEOPLE, PATIENCE = 50, 100, 100, 300
RATIO_BAR, ALONE_BAR, BESIDE_BAR = 0.5, 2.0, 10.0
SETTLED = "SELECT count(*) FROM notices_notice WHERE settled_at IS NOT NULL"
# of single notices from a moment on: how long from the fact to the provider's yes, or until now
WAITED = """
SELECT coalesce(percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM
    CASE WHEN delivery.state = 'accepted' THEN delivery.changed_at ELSE now() END - notice.created_at)), 0)
FROM notices_notice AS notice
LEFT JOIN notices_delivery AS delivery ON notice_id = notice.id AND noticed_at = notice.created_at
WHERE NOT notice.bulk AND notice.created_at >= %s
"""


@contextmanager
def working() -> Iterator[None]:
    """One worker with two processes, in a group that ends with the block."""
    queues = f"{settings.BENCH_QUEUE},{settings.BENCH_QUEUE}-bulk"
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "portal", "worker", "--queues", queues]
    options = ["--concurrency", "2", "--loglevel", "ERROR", "--include", "tests.bench.tasks"]
    process = subprocess.Popen([*command, *options], start_new_session=True)
    try:
        marked("ready")
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        with Connection(settings.CELERY_BROKER_URL) as broker:
            for queue in queues.split(","):
                broker.default_channel.queue_delete(queue)


def marked(name: str) -> float:
    """The moment at which the worker had done what was queued before."""
    mark.delay(name=name)
    return wait_for(lambda: cache.get(name) is not None)


def wait_for(true: Callable[[], bool]) -> float:
    """The moment at which it was true; SystemExit where it never was."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise SystemExit(f"Not done after {PATIENCE} s.")
        time.sleep(0.02)
    return time.monotonic()


def counted(query: str, *values: object) -> float:
    """The one number that a query answers."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return float(cursor.fetchone()[0])


def no_ops() -> float:
    """No-op tasks done per second."""
    began = time.monotonic()
    for _task in range(NUMBER):
        nothing.delay()
    return NUMBER / (marked("no-ops") - began)


def delivered(people: list[int]) -> float:
    """Notices delivered per second, written before, when the sweep calls workers for them."""
    now = timezone.now()
    rows = (
        Notice(resident_id=people[each % PEOPLE], kind="report.moved", subject_id=f"b{each}", created_at=now)
        for each in range(NUMBER)
    )
    Notice.objects.bulk_create(rows)
    began = time.monotonic()
    sweep()
    return NUMBER / (wait_for(lambda: counted(SETTLED) == NUMBER) - began)


def waited(people: list[int]) -> float:
    """95th percentile of seconds from commit to accepted, at 50 facts a second."""
    began, since = time.monotonic(), timezone.now()
    for each in range(A_SECOND * SECONDS):
        if each % (A_SECOND * 5) == 0:
            pump.delay()
        subject = ("report", f"s{each}")
        tell(resident_id=people[each % PEOPLE], kind="report.moved", subject=subject, at=timezone.now())
        time.sleep(max(0.0, began + (each + 1) / A_SECOND - time.monotonic()))
    time.sleep(BESIDE_BAR)
    return counted(WAITED, since)


def fan_out(people: list[int], by: User) -> None:
    """Very many notices, in transactions of five thousand."""
    pace(a_second=FANNED_A_SECOND, paused=False, by=by, at=timezone.now())
    for start in range(0, FAN_OUT, 5000):
        numbers = range(start, min(start + 5000, FAN_OUT))
        facts = [(people[each % PEOPLE], "report.moved", ("report", f"f{each}"), "") for each in numbers]
        tell_many(facts, at=timezone.now())


def run() -> bool:
    """Print throughput and waiting; whether every bar is met."""
    app.set_default()
    residents = factories.ResidentFactory.create_batch(PEOPLE)
    user = [factories.bound_user(resident) for resident in residents][0]
    people = [resident.pk for resident in residents]
    with working():
        plain, ours = no_ops(), delivered(people)
        alone = waited(people)
        fan_out(people, user)
        before = counted("SELECT count(*) FROM notices_notice WHERE bulk AND settled_at IS NOT NULL")
        beside = waited(people)
        after = counted("SELECT count(*) FROM notices_notice WHERE bulk AND settled_at IS NOT NULL")
    ratio = ours / plain
    print(f"notices, {NUMBER:,} through one worker of two processes, load {os.getloadavg()[1]:.1f}")
    print(f"{'no-op tasks':32}{plain:10,.0f} a second")
    print(f"{'notices, null channel':32}{ours:10,.0f} a second   ratio {ratio:.2f} (bar: {RATIO_BAR})")
    print(f"{'accepted, p95 at 50 a second':32}{alone:10.2f} s   (bar: under {ALONE_BAR})")
    print(f"{'the same beside a fan-out':32}{beside:10.2f} s   (bar: under {BESIDE_BAR})")
    print(f"{'of the fan-out meanwhile':32}{after - before:10,.0f} of {FAN_OUT:,}")
    return ratio >= RATIO_BAR and alone < ALONE_BAR and beside < BESIDE_BAR
