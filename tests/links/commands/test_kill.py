"""kill -9 at any moment of an import: nothing is half applied, and the next run completes it."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from stdnum.jp import in_

from portal.keys import fresh_secrets

pytestmark = pytest.mark.kill

ROOT = Path(__file__).resolve().parents[3]
FEED = ["--institution", "PN0001", "--category", "pension"]
PEOPLE, ROWS, KILLS = 40, 8_000, 10
STATE = """
SELECT l.reference, l.status, l.holder_name, l.line, l.verdict, r.code, count(c.id)
FROM links_link l JOIN accounts_resident r ON r.id = l.resident_id JOIN links_change c ON c.link_id = l.id
GROUP BY l.id, r.code ORDER BY l.reference
"""


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """The URL of an empty database of the kind that this run is on."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield f"sqlite:///{folder / 'killed.sqlite3'}"
        return
    server, name = os.environ["DATABASE_URL"], f"portal_kill_{os.getpid()}_{folder.name}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield f"{server.rpartition('/')[0]}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class Office:
    """An installation of its own, in which commands run as processes."""

    def __init__(self, folder: Path, url: str) -> None:
        self.url = url
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        own = {"DATABASE_URL": url, "VAR_DIR": str(folder), "READ_DOT_ENV": "0", "DEBUG": "1"}
        self.environment = kept | fresh_secrets() | own

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A command as a process; nothing waits for it."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str) -> float:
        """A command to its good end; how many seconds it took."""
        began = time.monotonic()
        process = self.start(*arguments)
        _out, told = process.communicate(timeout=120)
        assert process.returncode == 0, told.decode()
        return time.monotonic() - began

    def killed(self, *arguments: str, after: float) -> None:
        """A command that is killed after so many seconds, wherever it is then."""
        process = self.start(*arguments)
        try:
            process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()

    def state(self) -> list[tuple[object, ...]]:
        """Every link with what hangs on it, in an order that is always the same."""
        if self.url.startswith("sqlite"):
            with sqlite3.connect(self.url.removeprefix("sqlite:///")) as connection:
                return connection.execute(STATE).fetchall()
        with psycopg.connect(self.url) as connection:
            return connection.execute(STATE).fetchall()


def numbers() -> list[str]:
    """Individual numbers with right check digits."""
    bodies = [f"{20_000_000_000 + place * 7919}" for place in range(PEOPLE)]
    return [body + in_.calc_check_digit(body) for body in bodies]


def register(folder: Path) -> str:
    """A register of a few people."""
    lines = [
        f"{number},C{place},見本　花子,1980-01-01,東京都千代田区1-1" for place, number in enumerate(numbers())
    ]
    path = folder / "residents.csv"
    path.write_text("\n".join(["individual_number,resident_code,name,birth_date,address", *lines]))
    return str(path)


def feed(folder: Path, name: str, *, rows: range, holder: str, shift: int = 0) -> str:
    """A feed of pensions; `shift` moves some records to the next person."""
    people = numbers()
    lines = []
    for place in rows:
        person = people[(place + (shift if place % 50 == 0 else 0)) % PEOPLE]
        lines.append(f"{person},R{place:06},{holder},2024-05-01")
    path = folder / name
    path.write_text("\n".join(["individual_number,reference,holder_name,linked_on", *lines]))
    return str(path)


def test_after_ten_kills_and_one_more_run_the_links_are_those_of_an_undisturbed_import(tmp_path: Path):
    dice = random.Random(20260901)
    people = register(tmp_path)
    old = feed(tmp_path, "old.csv", rows=range(ROWS), holder="見本　花子")
    new = feed(tmp_path, "new.csv", rows=range(100, ROWS + 500), holder="見本　華子", shift=1)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with database(tmp_path / "a") as calm_url, database(tmp_path / "b") as stormy_url:
        calm, stormy = Office(tmp_path / "a", calm_url), Office(tmp_path / "b", stormy_url)
        for office in (calm, stormy):
            office.run("migrate", "--verbosity=0")
            office.run("import_residents", people)
            office.run("import_feed", old, *FEED)
        before = calm.state()
        seconds = calm.run("import_feed", new, *FEED, "--complete", "--max-removed", "100")
        undisturbed = calm.state()

        for _kill in range(KILLS):
            stormy.killed(
                *("import_feed", new, *FEED, "--complete", "--max-removed", "100"),
                after=dice.uniform(0.2, seconds),
            )
            assert stormy.state() in (before, undisturbed)
        stormy.run("import_feed", new, *FEED, "--complete", "--max-removed", "100")

        assert stormy.state() == undisturbed
        assert len(before) < len(undisturbed)
