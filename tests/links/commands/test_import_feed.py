"""manage.py import_feed, import_institutions and export_findings."""

import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Resident
from links.models import FeedImport, Institution
from portal.keys import fresh_secrets
from tests.links.feeds.feeding import HEADER, NUMBER, registered, row
from tests.scratch.portal import DATABASE, migrated

ROOT = Path(__file__).resolve().parents[3]
PENSION = {"institution": "PN0001", "category": "pension"}


@pytest.fixture
def hanako(db: None) -> Resident:
    """Somebody with a number in the vault."""
    return registered(NUMBER)


def file_of(folder: Path, *rows: str) -> Path:
    """A pension feed of these rows."""
    path = folder / "feed_PN0001.csv"
    path.write_text("\n".join([HEADER, *rows]))
    return path


def ran(command: str, *arguments: str, **options: object) -> str:
    """What a command printed."""
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def failure(command: str, *arguments: str, **options: object) -> CommandError:
    """How a command failed."""
    with pytest.raises(CommandError) as failed:
        ran(command, *arguments, **options)
    return failed.value


def test_a_feed_is_imported_and_summed_up(hanako: Resident, tmp_path: Path):
    out = ran("import_feed", str(file_of(tmp_path, row("A1"))), **PENSION)

    assert out.startswith("rows=1 created=1 changed=0 unchanged=0 removed=0 rejected=0 seconds=")
    assert FeedImport.objects.get().file_name == "feed_PN0001.csv"


def test_options_are_those_of_the_contract(hanako: Resident, tmp_path: Path):
    path = str(file_of(tmp_path, *[row(f"A{place}") for place in range(4)]))
    ran("import_feed", path, "--institution", "PN0001", "--category", "pension")
    file_of(tmp_path, row("A0"))
    options = ["--institution", "PN0001", "--category", "pension", "--complete", "--max-removed", "75"]

    dry = ran("import_feed", path, *options, "--dry-run", "--rejects", str(tmp_path / "rejects.csv"))
    done = ran("import_feed", path, *options)

    assert "removed=3" in dry
    assert "removed=3" in done
    assert (tmp_path / "rejects.csv").exists()


def test_the_brake_exits_with_1_and_says_so(hanako: Resident, tmp_path: Path):
    ran("import_feed", str(file_of(tmp_path, row("A1"))), **PENSION)

    failed = failure("import_feed", str(file_of(tmp_path)), complete=True, **PENSION)

    assert failed.returncode == 1
    assert "1 of 1 records would disappear" in str(failed)


@pytest.mark.parametrize(
    "wrong",
    [
        {"institution": "PN 0001"},
        {"institution": "x" * 33},
        {"institution": ""},
        {"max_removed": -1.0},
        {"max_removed": 101.0},
        {"max_removed": float("nan")},
    ],
)
def test_impossible_options_are_wrong_usage(db: None, tmp_path: Path, wrong: dict[str, object]):
    failed = failure("import_feed", str(file_of(tmp_path)), **(PENSION | wrong))

    assert failed.returncode == 2
    assert not Institution.objects.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--category", "pension"],
        ["--institution", "PN0001", "--category", "pensions"],
        ["--institution", "PN0001", "--category", "pension", "--max-removed", "some"],
    ],
)
def test_missing_and_unknown_options_are_wrong_usage(db: None, tmp_path: Path, arguments: list[str]):
    failed = failure("import_feed", str(file_of(tmp_path)), *arguments)

    assert "Error" in str(failed)


def test_institutions_are_imported(db: None, tmp_path: Path):
    path = tmp_path / "institutions.csv"
    path.write_text("code,kind,name_ja\nPN0001,pension,見本年金センター\n")

    out = ran("import_institutions", str(path))

    assert out.startswith("rows=1 created=1")
    assert Institution.objects.get().name_ja == "見本年金センター"


def test_findings_are_exported_for_this_user_only(hanako: Resident, tmp_path: Path):
    ran("import_feed", str(file_of(tmp_path, row("A1"))), **PENSION)
    out = tmp_path / "findings.csv"

    printed = ran("export_findings", str(out))

    assert printed.startswith("rows=1 created=0 ")
    assert "PN0001,pension,A1,1475," in out.read_text()
    assert out.stat().st_mode & 0o077 == 0


def test_an_export_to_nowhere_is_wrong_usage(db: None, tmp_path: Path):
    assert failure("export_findings", str(tmp_path / "no" / "folder.csv")).returncode == 2


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with a database of its own and one resident in its register."""
    folder = tmp_path_factory.mktemp("installation")
    settings = {"DJANGO_SETTINGS_MODULE": "portal.settings", "READ_DOT_ENV": "0", "DEBUG": "1"}
    where = {"VAR_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/{DATABASE}"}
    environment = os.environ | fresh_secrets() | settings | where
    shutil.copy(migrated(), folder / DATABASE)
    register = folder / "residents.csv"
    register.write_text(f"個人番号,宛名番号,氏名,生年月日,住所\n{NUMBER},0001,山田　花子,1985-04-02,埼玉県\n")
    manage(environment, "import_residents", str(register)).check_returncode()
    return environment


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of manage.py, from start to end."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


def links_in(environment: dict[str, str]) -> int:
    """How many records of the large feed that installation has."""
    with sqlite3.connect(environment["DATABASE_URL"].removeprefix("sqlite:///")) as database:
        return database.execute("SELECT count(*) FROM links_link WHERE reference LIKE 'K%'").fetchone()[0]


@pytest.mark.kill
def test_an_import_killed_in_the_middle_leaves_nothing_and_completes_when_run_again(
    installation: dict[str, str], tmp_path: Path
):
    path = file_of(tmp_path, *[row(f"K{place}") for place in range(3000)])
    arguments = ["import_feed", str(path), "--institution", "PN0001", "--category", "pension"]
    process = subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, env=installation)
    journal = Path(f"{installation['DATABASE_URL'].removeprefix('sqlite:///')}-wal")
    before = journal.stat().st_size if journal.exists() else 0
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if journal.exists() and journal.stat().st_size > before + 100_000:  # it is writing rows
            break

    process.send_signal(signal.SIGKILL)
    process.wait()
    left = links_in(installation)
    again = manage(installation, *arguments)

    assert left in (0, 3000)
    assert again.returncode == 0, again.stderr
    assert links_in(installation) == 3000


@pytest.mark.process
def test_exit_statuses_of_the_real_process(installation: dict[str, str], tmp_path: Path):
    good, bad = file_of(tmp_path, row("A1"), row("A2", number="1")), tmp_path / "bad.csv"
    bad.write_bytes("個人番号,記録番号,登録日\n".encode("utf-16"))
    options = ["--institution", "PN0001", "--category", "pension"]

    done = manage(installation, "import_feed", str(good), *options)
    refused = manage(installation, "import_feed", str(bad), *options)
    wrong = manage(installation, "import_feed", str(good), "--institution", "PN0001")

    assert (done.returncode, refused.returncode, wrong.returncode) == (0, 1, 2)
    assert done.stdout.startswith("rows=2 created=1")
    assert "Traceback" not in refused.stderr + wrong.stderr
