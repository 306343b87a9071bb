"""Bar: a feed goes in at no less than a quarter of the rate at which COPY writes the same rows.

Data: BENCH_ROWS bank accounts (a million, unless told otherwise) of a register of a fifth as many people,
16 columns each. The yardstick writes what the import made into the same emptied table, with the same indexes
and foreign keys, on the same server. The import also reads, validates, matches and writes histories.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.db import connection
from django.db.backends.utils import CursorWrapper

from tests.bench.feed_file import write_feed
from tests.bench.people import add_people

ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
RATE_BAR, AGAIN_BAR, MEMORY_BAR, MEMORY_GROWTH = 0.25, 2.0, 300, 1.1
TABLE = "links_link"
FEED = ("--institution", "BK0001", "--category", "bank_account")


def imported(path: Path) -> tuple[str, float, int]:
    """The summary line of the real command, its seconds, and its peak memory in MB."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "import_feed", str(path), *FEED],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    summary = process.stdout.read().strip()
    _pid, status, usage = os.wait4(process.pid, 0)
    assert status == 0, summary
    return summary, float(re.search(r"seconds=([\d.]+)", summary)[1]), usage.ru_maxrss // 1024


def copied(folder: Path) -> float:
    """Seconds that COPY takes for the same rows into the same table, emptied before."""
    path = folder / "links.copy"
    with connection.cursor() as cursor:
        with path.open("wb") as out, cursor.copy(f"COPY {TABLE} TO STDOUT") as copy:
            for block in copy:
                out.write(block)
        emptied(cursor)
        began = time.monotonic()
        with path.open("rb") as rows, cursor.copy(f"COPY {TABLE} FROM STDIN") as copy:
            while block := rows.read(1 << 20):
                copy.write(block)
        return time.monotonic() - began


def emptied(cursor: CursorWrapper) -> None:
    """No row and no page in the table; nothing points to its rows, and histories may only grow."""
    cursor.execute("SET session_replication_role = replica")
    cursor.execute(f"DELETE FROM {TABLE}")
    cursor.execute("RESET session_replication_role")
    cursor.execute(f"VACUUM FULL ANALYZE {TABLE}")


def indexes() -> list[str]:
    """Every index of the table, as it was made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s ORDER BY indexname", [TABLE])
        return [one.partition("INDEX ")[2].replace(f" ON public.{TABLE} USING", "") for (one,) in cursor]


def run() -> bool:
    """Print rates, ratios and memory; whether every bar is met."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        add_people(ROWS // 5)
        small = write_feed(folder / "small.csv", rows=ROWS // 10, people=ROWS // 5, prefix="S")
        large = write_feed(folder / "large.csv", rows=ROWS, people=ROWS // 5, prefix="L")
        small_summary, _seconds, small_memory = imported(small)
        with connection.cursor() as cursor:
            emptied(cursor)
        first, first_seconds, memory = imported(large)
        again, again_seconds, _memory = imported(large)
        yardstick = copied(folder)
    ratio, faster = yardstick / first_seconds, first_seconds / again_seconds
    print(f"COPY                {ROWS / yardstick:9,.0f} rows/s into {len(indexes())} indexes:")
    for index in indexes():
        print(f"                      {index}")
    print(f"import              {ROWS / first_seconds:9,.0f} rows/s   {first}")
    print(f"ratio               {ratio:9.2f}  (bar: at least {RATE_BAR})")
    print(f"unchanged, again    {ROWS / again_seconds:9,.0f} rows/s   {again}")
    print(f"times as fast       {faster:9.2f}  (bar: at least {AGAIN_BAR})")
    print(f"peak memory         {memory:9} MB   at {ROWS // 10:,} rows: {small_memory} MB   {small_summary}")
    flat = memory < MEMORY_BAR and memory <= small_memory * MEMORY_GROWTH
    return ratio >= RATE_BAR and faster >= AGAIN_BAR and flat
