"""Bar: a million events verified in under 60 seconds on PostgreSQL, in memory that does not grow with them.

Data: BENCH_EVENTS events over a year, about ten thousand people, written past the service; sealed by the
real task, then verified by the real command in a process of its own.
"""

import os
import subprocess
import sys
import time
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from accounts import sealing

EVENTS = int(os.environ.get("BENCH_EVENTS", "1000000"))
BAR, MEMORY_BAR = 60, 300
WRITTEN = """
INSERT INTO accounts_auditevent
    (at, verb, actor_id, role, on_behalf, resident_id, subject_kind, subject_id, purpose)
SELECT now() - interval '1 year' + number * interval '1 year' / %s, 'record.viewed', number %% 200, 'support',
    false, number %% 10000, 'link', md5(number::text), 'R-' || number %% 5000
FROM generate_series(1, %s) AS number
"""


class Verified(NamedTuple):
    """One run: seconds from start to end of the process, its largest memory in MB, its last line."""

    seconds: float
    memory: int
    summary: str


def verified() -> Verified:
    """The real command on all of the trail."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "verify_trail"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    summary = process.stdout.read().strip()
    _pid, status, usage = os.wait4(process.pid, 0)
    assert status == 0, summary
    return Verified(time.monotonic() - began, usage.ru_maxrss // 1024, summary)


def run() -> bool:
    """Print seconds and memory; whether every bar is met."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [EVENTS, EVENTS])
        cursor.execute("VACUUM (ANALYZE) accounts_auditevent")
    began = time.monotonic()
    assert sealing.seal_waiting(at=timezone.now(), whole=True) == EVENTS
    sealed = time.monotonic() - began
    result = verified()
    assert f"{EVENTS:,} entries" in result.summary, result.summary
    print(f"trail, {EVENTS:,} events, load of five minutes {os.getloadavg()[1]:.1f}")
    print(f"{'sealed':24}{sealed:12,.1f} s   {EVENTS / sealed:,.0f} events/s")
    print(f"{'verified':24}{result.seconds:12,.1f} s   (bar: under {BAR})")
    print(f"{'memory':24}{result.memory:12,} MB  (bar: under {MEMORY_BAR})")
    return result.seconds < BAR and result.memory < MEMORY_BAR
