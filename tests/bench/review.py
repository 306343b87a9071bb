"""Bar: 30,000 links a second in the first review and 60,000 in the next one, end to end on PostgreSQL.

Data: BENCH_LINKS links of a fifth as many invented people (see records.py), reviewed by the real command with
one process a core, first a tenth of them: the rate must not fall by more than a fifth towards the whole. The
next review comes after a VACUUM, which a day brings. Beside it what polars and Splink do with the same pairs.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from django.db import connection

from tests.bench.records import add_records

LINKS = int(os.environ.get("BENCH_LINKS", "200000"))
PROCESSES = os.cpu_count() or 1
FIRST_BAR, NEXT_BAR, MEMORY_BAR, LINEAR_BAR = 30_000, 60_000, 1000, 0.8
PAIRS = """COPY (SELECT l.id, r.name AS registered_name, r.name_kana AS registered_kana,
    r.birth_date AS registered_birth_date, r.sex AS registered_sex, r.address AS registered_address,
    holder_name AS claimed_name, holder_kana AS claimed_kana, holder_birth_date AS claimed_birth_date,
    holder_sex AS claimed_sex, holder_address AS claimed_address
    FROM links_link l JOIN accounts_resident r ON r.id = l.resident_id ORDER BY l.id)
    TO STDOUT (FORMAT csv, HEADER)"""


class Reviewed(NamedTuple):
    """One run: links a second, memory in MB (that of its largest process, times them all), its line."""

    rate: float
    memory: int
    summary: str


def reviewed(links: int) -> Reviewed:
    """A whole run of the real command."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "review_links", "--processes", str(PROCESSES)],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    summary = process.stdout.read().strip()
    _pid, status, usage = os.wait4(process.pid, 0)
    assert status == 0, summary
    assert f"checked={links} " in summary, summary
    seconds = float(re.search(r"seconds=([\d.]+)", summary)[1])
    return Reviewed(links / seconds, usage.ru_maxrss // 1024 * PROCESSES, summary)


def both(links: int) -> tuple[Reviewed, Reviewed]:
    """The first review of so many links, and the next one."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE accounts_resident, links_institution, links_reviewrun CASCADE")
        cursor.execute("RESET session_replication_role")
        add_records(links)
        first = reviewed(links)
        cursor.execute("VACUUM ANALYZE")
    return first, reviewed(links)


def others(folder: Path) -> None:
    """What polars and Splink do with the same pairs, in a process of their own."""
    path = folder / "pairs.csv"
    with connection.cursor() as cursor, path.open("wb") as out, cursor.copy(PAIRS) as copy:
        for block in copy:
            out.write(block)
    if subprocess.run([sys.executable, "-m", "tests.bench.floor", str(path)], check=False).returncode:
        print("polars and Splink: not measured; pip install -r tests/bench/requirements.txt")


def run() -> bool:
    """Print rates and memory; whether every bar is met."""
    few, few_again = both(LINKS // 10)
    first, again = both(LINKS)
    with tempfile.TemporaryDirectory() as scratch:
        others(Path(scratch))
    load = os.getloadavg()[1]
    print(f"review, {LINKS:,} links, {PROCESSES} processes, load of five minutes {load:.1f}")
    for name, small, large, bar in (("first", few, first, FIRST_BAR), ("next", few_again, again, NEXT_BAR)):
        print(f"{name:24}{large.rate:12,.0f} links/s   (bar: at least {bar:,})   {large.summary}")
        print(f"{'':24}{small.rate:12,.0f} links/s   at {LINKS // 10:,}   {small.summary}")
        print(
            f"{'  rate to that of a tenth':24}{large.rate / small.rate:11.2f}   (bar: at least {LINEAR_BAR})"
        )
    memory = max(first.memory, again.memory)
    print(f"{'memory':24}{memory:12,} MB   (bar: under {MEMORY_BAR})")
    linear = all(large.rate >= small.rate * LINEAR_BAR for small, large in ((few, first), (few_again, again)))
    fast = first.rate >= FIRST_BAR and again.rate >= NEXT_BAR
    return fast and linear and memory < MEMORY_BAR
