"""The drill at full size: kills, restarts, backup, restore, load; its figures go into docs/capacity.md."""

import datetime
import os
import re
import subprocess
import sys

from deploy.plain.server import ROOT

RESIDENTS, FACTS, LINKS = "1000000", "2000", "10000"
STEPS = {
    "kills, backup and restore": (
        *("-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "-p", "no:randomly"),
        *("tests/notices/test_kill.py", "tests/deploy/test_backup.py"),
    ),
    "incident over 10,000 links": (
        *("-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "-p", "no:randomly"),
        "tests/reports/incidents/test_kill.py",
    ),
    "load, ramp": ("-m", "deploy.plain.load", "ramp"),
    "load, spike": ("-m", "deploy.plain.load", "spike"),
}
WORTH_KEEPING = re.compile(r"residents:|kill -9|over|passed|failed|http_req_duration|asked_to_wait|answered")


def main() -> int:
    """Each step, then its figures with the day and the load of the machine; 1 where one failed."""
    if "postgres" not in os.environ.get("DATABASE_URL", ""):
        sys.exit("The drill needs DATABASE_URL=postgres://…, a server on which it may make databases.")
    sizes = {"DRILL_RESIDENTS": RESIDENTS, "KILL_TEST_FACTS": FACTS, "KILL_TEST_LINKS": LINKS}
    environment = os.environ | {name: os.environ.get(name, size) for name, size in sizes.items()}
    load = f"{os.getloadavg()[0]:.1f}"
    rows, failed = [], False
    for name, command in STEPS.items():
        step = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        failed |= step.returncode != 0
        kept = [line.strip() for line in step.stdout.splitlines() if WORTH_KEEPING.search(line)]
        rows.append(f"| {name} | {'; '.join(kept)} |")
        print(step.stdout, step.stderr, sep="\n")
    title = f"## {datetime.datetime.now(datetime.UTC):%d %B %Y}: `make drill`, load before it {load}"
    with (ROOT / "docs/capacity.md").open("a", encoding="utf-8") as figures:
        figures.write("\n".join(["", title, "", "| step | figure |", "|---|---|", *rows, ""]))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
