"""Two releases on one database: `python -m tests.deploy.releases v1.0 [tests/journeys/test_report.py …]`.

While a release is rolled out, the code before it runs on the new schema; and the new code finds what the old
one left. So the journeys of the release before are run on a database that this code made, and ours on one
that the release before made and this code migrated. The release is a tag or commit of this repository; it is
tried with the libraries of now, in a work tree of its own. Needs PostgreSQL and a browser, as journeys do.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.plain.server import ROOT
from deploy.plain.servers import newest

ANY = "tests/accounts/test_limits.py"  # what is run only because pytest makes a database for it
JOURNEYS = ["tests/journeys"]
SUFFIX = f"_releases_{os.getpid()}"
NAME = f"test_portal{SUFFIX}"  # tests/settings.py


def main() -> int:
    """Both ways round; 1 where a journey fails."""
    if "postgres" not in os.environ.get("DATABASE_URL", "") or len(sys.argv) < 2:
        sys.exit("usage, with DATABASE_URL=postgres://…: python -m tests.deploy.releases RELEASE [JOURNEY …]")
    before, journeys = sys.argv[1], sys.argv[2:] or JOURNEYS
    with checked_out(before) as there:
        ways = {f"{before} on our schema": (ROOT, there), f"we on what {before} made": (there, ROOT)}
        failed = [way for way, places in ways.items() if not travelled(*places, journeys)]
    subprocess.run([newest("dropdb"), "--maintenance-db", os.environ["DATABASE_URL"], NAME], check=True)
    for way in ways:
        print(f"releases, {way}: {'failed' if way in failed else 'every journey ended well'}")
    return 1 if failed else 0


@contextmanager
def checked_out(release: str) -> Iterator[Path]:
    """The code of that release, in a folder that goes again."""
    with tempfile.TemporaryDirectory(prefix="portal-release-") as folder:
        place = Path(folder) / "code"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(place), release], check=True)
        try:
            (place / ".venv").symlink_to(ROOT / ".venv")
            subprocess.run(
                [sys.executable, "manage.py", "compile_catalogues"], cwd=place, env=tried(), check=True
            )
            yield place
        finally:
            subprocess.run([*git, "remove", "--force", str(place)], check=True)


def tried() -> dict[str, str]:
    """The environment of tests, with a database that both find again."""
    test = {"READ_DOT_ENV": "0", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return os.environ | test | {"TEST_DB_SUFFIX": SUFFIX}


def travelled(made_by: Path, run_by: Path, journeys: list[str]) -> bool:
    """Whether every journey of the one ends well on the schema that the other made."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--reuse-db"]
    subprocess.run([*pytest, "--create-db", ANY], cwd=made_by, env=tried(), check=True)
    return subprocess.run([*pytest, "-m", "journey", *journeys], cwd=run_by, env=tried()).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
