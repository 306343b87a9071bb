"""The drill at full size: kills, chaos, backup, restore, load; its figures go into docs/capacity.md.

A step by itself: `python -m deploy.plain.drill backup`.
"""

import datetime
import os
import re
import subprocess
import sys

from deploy.plain.server import ROOT

FULL = {
    "DRILL_RESIDENTS": "1000000",
    "KILL_TEST_FACTS": "2000",
    "KILL_TEST_LINKS": "10000",
    "KILL_TEST_IMPORTS": "50",
    "DRILL_PEOPLE": "8",
    "DRILL_RECORDS": "400",
}
PYTEST = ("-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "-p", "no:randomly")
STEPS = {
    "kills": (*PYTEST, "tests/notices/test_kill.py", "tests/links/commands/test_kill.py"),
    "incident": (*PYTEST, "tests/reports/incidents/test_kill.py"),
    "chaos": (*PYTEST, "tests/deploy/test_chaos.py"),
    "backup": (*PYTEST, "tests/deploy/test_backup.py"),
    "ramp": ("-m", "deploy.plain.load", "ramp"),
    "twice": ("-m", "deploy.plain.load", "twice"),
    "spike": ("-m", "deploy.plain.load", "spike"),
}
WORTH_KEEPING = re.compile(r"residents:|kill -9|over|passed|failed|^chaos|^asked|acknowledged|notices wait")


def main() -> int:
    """Each step, or those that are named, then its figures with day and load; 1 where one failed."""
    if "postgres" not in os.environ.get("DATABASE_URL", ""):
        sys.exit("The drill needs DATABASE_URL=postgres://…, a server on which it may make databases.")
    load = f"{os.getloadavg()[0]:.1f}"
    rows, failed = [], False
    for name in sys.argv[1:] or STEPS:
        step = subprocess.run(
            [sys.executable, *STEPS[name]], cwd=ROOT, env=FULL | os.environ, capture_output=True, text=True
        )
        failed |= step.returncode != 0
        kept = [line.strip() for line in step.stdout.splitlines() if WORTH_KEEPING.search(line)]
        rows.append(f"| {name} | {'<br>'.join(kept)} |")
        print(step.stdout, step.stderr, sep="\n")
    title = f"## {datetime.datetime.now(datetime.UTC):%d %B %Y}: `make drill`, load before it {load}"
    with (ROOT / "docs/capacity.md").open("a", encoding="utf-8") as figures:
        figures.write("\n".join(["", title, "", "| step | figure |", "|---|---|", *rows, ""]))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
