"""Load on an installation, by the mix of tests/load: `python -m deploy.plain.load ramp|twice|spike|soak`.

What was acknowledged is looked for afterwards: every report, and every notice about it.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from deploy.plain.installation import NAME, Installation, installed
from deploy.plain.server import ROOT

Step = tuple[float, int]
# visits a second, and for how many seconds; a spike is ten times what was there before
LIMIT = float(os.environ.get("LOAD_LIMIT", "12"))
SHAPES: dict[str, list[Step]] = {
    "short": [(2, 10)],
    "ramp": [(4, 15), (8, 15), (12, 15), (16, 15), (20, 15), (24, 15)],
    "twice": [(LIMIT, 30), (2 * LIMIT, 60), (LIMIT, 30)],
    "spike": [(LIMIT / 2, 20), (5 * LIMIT, 30), (LIMIT / 2, 40)],
    "soak": [(LIMIT / 2, 1200)],
}
FAILS, LATE = 1, 300  # seconds within which everybody has to be told
COPIES = 50  # of twenty people with ten records each
PEOPLE = f"""
import importlib, json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from accounts.models import User
from links.models import Link
from tests.bench import size
from tests.factories import UserFactory
size.make_models()
size.multiply({COPIES})
store = importlib.import_module(settings.SESSION_ENGINE).SessionStore
def session(user):
    made = store()
    made[SESSION_KEY], made[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    made[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    made.save()
    return made.session_key
free = {{}}
for person, record in Link.objects.filter(reports=None).values_list("resident_id", "public_id"):
    free.setdefault(person, []).append(record)
users = User.objects.filter(role="").order_by("pk")
residents = [[session(user), free[user.bindings.get().resident_id]] for user in users]
staff = session(UserFactory.create(email="desk@example.jp", role="support"))
print(json.dumps({{"residents": residents, "staff": staff}}))
"""
ACKNOWLEDGED = re.compile(r"acknowledged ([\w-]+)")
WAITING = b"SELECT count(*) FROM notices_notice WHERE settled_at IS NULL"
TOLD = (
    "SELECT DISTINCT subject_id FROM notices_notice WHERE kind = 'report.received' AND settled_at IS NOT NULL"
)


def main() -> int:
    """Install, fill, let k6 visit; 1 where somebody met an error, or something accepted is not there."""
    shape = sys.argv[1] if len(sys.argv) > 1 else "ramp"
    with tempfile.TemporaryDirectory(prefix="portal-") as folder:
        environment = {"STAFF_PASSKEY_REQUIRED": "0", "QUEUE_SECONDS": os.environ.get("QUEUE_SECONDS", "5")}
        with installed(Path(folder), **environment) as installation:
            code, acknowledged = visited(installation, shape)
            return code | lost(installation, acknowledged)


def visited(installation: Installation, shape: str) -> tuple[int, set[str]]:
    """What k6 says of that shape of load, and the reports of which people were told that they were sent."""
    people = json.loads(installation.manage("shell", "--no-imports", "-c", PEOPLE).splitlines()[-1])
    everything = ((session, record) for session, records in people["residents"] for record in records)
    steps = SHAPES[shape]
    people["reported"] = {f"step_{place}": part for place, part in enumerate(parts(everything, steps))}
    written = installation.folder / "people.json"
    written.write_text(json.dumps(people))
    given = {"URL": installation.url, "PEOPLE": str(written), "STEPS": json.dumps(steps)}
    told = [part for name, value in given.items() for part in ("-e", f"{name}={value}")]
    k6 = str(Path(sys.executable).parent / "k6")
    script = str(ROOT / "tests/load/day_after.js")
    ended = subprocess.run([k6, "run", "--quiet", *told, script], capture_output=True, text=True)
    if not ended.stdout:
        sys.exit(f"k6 did not run: {ended.stderr[-2000:]}")
    print(ended.stdout, "\n".join(sorted(set(re.findall(r"failed [\w -]+", ended.stderr)))), sep="")
    return ended.returncode, set(ACKNOWLEDGED.findall(ended.stderr))


def parts(everything: Iterator[tuple[str, str]], steps: list[Step]) -> Iterator[list[tuple[str, str]]]:
    """For each step a record for each visit, no record twice."""
    for rate, seconds in steps:
        yield list(islice(everything, int(rate * seconds) + 1))


def lost(installation: Installation, acknowledged: set[str]) -> int:
    """Whether a report that was acknowledged is not there, or somebody was not told; said in one line."""
    begun = time.monotonic()
    while int(installation.psql(NAME, WAITING)) and time.monotonic() - begun < LATE:
        time.sleep(1)
    waited, waiting = time.monotonic() - begun, int(installation.psql(NAME, WAITING))
    there = set(installation.psql(NAME, b"SELECT public_id FROM reports_report").decode().split())
    told = set(installation.psql(NAME, TOLD.encode()).decode().split())
    missing, untold = acknowledged - there, acknowledged - told
    print(f"{len(acknowledged)} reports acknowledged: {len(missing)} lost, {len(untold)} nobody was told of;")
    print(f"{waiting} notices wait; all were told within {waited:.0f} s of the last visit")
    return FAILS if waiting or missing or untold or not acknowledged else 0


if __name__ == "__main__":
    sys.exit(main())
