"""Load on a whole installation, by the mix of tests/load: `python -m deploy.plain.load ramp|spike|soak`."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.plain.installation import Installation, installed
from deploy.plain.server import ROOT

# seconds and visitors at once; a spike is ten times what was there before
SHAPES = {
    "ramp": [(20, 4), (20, 8), (20, 16), (20, 32)],
    "spike": [(20, 4), (5, 40), (30, 40), (5, 4), (20, 4)],
    "soak": [(30, 6), (1140, 6), (30, 0)],
}
SESSIONS = """
import importlib, json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from accounts.models import User
store = importlib.import_module(settings.SESSION_ENGINE).SessionStore
def session(user):
    made = store()
    made[SESSION_KEY], made[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    made[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    made.save()
    return made.session_key
residents = [session(user) for user in User.objects.filter(role="") for _each in range(20)]
staff = session(User.objects.filter(role="support").first())
print(json.dumps({"residents": residents, "staff": staff}))
"""


def main() -> int:
    """Install, load the sample, let k6 visit; its status is ours."""
    shape = sys.argv[1] if len(sys.argv) > 1 else "ramp"
    with tempfile.TemporaryDirectory(prefix="portal-") as folder:
        environment = {"STAFF_PASSKEY_REQUIRED": "0", "QUEUE_SECONDS": os.environ.get("QUEUE_SECONDS", "5")}
        with installed(Path(folder), **environment) as installation:
            return visited(installation, shape)


def visited(installation: Installation, shape: str) -> int:
    """What k6 says of that shape of load."""
    installation.manage("load_sample", most=550)
    people = installation.folder / "people.json"
    people.write_text(installation.manage("shell", "--no-imports", "-c", SESSIONS).splitlines()[-1])
    stages = [{"duration": f"{seconds}s", "target": visitors} for seconds, visitors in SHAPES[shape]]
    given = {"URL": installation.url, "PEOPLE": str(people), "STAGES": json.dumps(stages)}
    told = [part for name, value in given.items() for part in ("-e", f"{name}={value}")]
    k6 = str(Path(sys.executable).parent / "k6")
    return subprocess.run([k6, "run", "--quiet", *told, str(ROOT / "tests/load/day_after.js")]).returncode


if __name__ == "__main__":
    sys.exit(main())
