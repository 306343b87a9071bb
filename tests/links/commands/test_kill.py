"""kill -9 at any moment of an import: nothing is half applied, and the next run completes it."""

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from stdnum.jp import in_

from portal.keys import fresh_secrets
from tests.scratch.databases import database
from tests.scratch.portal import wait_until

pytestmark = pytest.mark.kill

ROOT = Path(__file__).resolve().parents[3]
FEED = ["--institution", "PN0001", "--category", "pension"]
WHOLE = ["--complete", "--max-removed", "100"]
PEOPLE, ROWS, KILLS = 40, 8_000, int(os.environ.get("KILL_TEST_IMPORTS", "5"))
STATE = """
SELECT l.reference, l.status, l.holder_name, l.line, l.verdict, r.code, count(c.id)
FROM links_link l JOIN accounts_resident r ON r.id = l.resident_id JOIN links_change c ON c.link_id = l.id
GROUP BY l.id, r.code ORDER BY l.reference
"""
ALL = "SELECT count(*) FROM links_feedimport"
OPEN = f"{ALL} WHERE state = 'open'"


class Office:
    """An installation of its own, in which commands run as processes."""

    def __init__(self, url: str, environment: dict[str, str]) -> None:
        self.url = url
        self.environment = environment | {"DATABASE_URL": url}

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A command as a process; nothing waits for it."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str) -> None:
        """A command to its good end."""
        process = self.start(*arguments)
        _out, told = process.communicate(timeout=120)
        assert process.returncode == 0, told.decode()

    def begin(self, file: str) -> subprocess.Popen[bytes]:
        """An import that is in the middle of its work: its row is open, its links are not there."""
        done = self.count(ALL)
        process = self.start("import_feed", file, *FEED, *WHOLE)
        wait_until(lambda: self.count(ALL) > done, within=60, what="the beginning of an import")
        return process

    def count(self, query: str) -> int:
        """The one number that a query answers."""
        return int(str(self.ask(query)[0][0]))

    def state(self) -> list[tuple[object, ...]]:
        """Every link with what hangs on it, in an order that is always the same."""
        return self.ask(STATE)

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a query on this installation's database."""
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=30)) as connection:
                return connection.execute(query).fetchall()
        with psycopg.connect(self.url) as connection:
            return connection.execute(query).fetchall()


def own_environment(folder: Path) -> dict[str, str]:
    """What the commands of one installation share: its secrets and its folder."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | fresh_secrets() | {"VAR_DIR": str(folder), "READ_DOT_ENV": "0", "DEBUG": "1"}


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


def kill_after(process: subprocess.Popen[bytes], seconds: float) -> None:
    """kill -9 once so many seconds are over, unless it has ended by itself."""
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def test_after_a_kill_in_the_middle_the_next_run_leaves_the_links_of_an_undisturbed_import(tmp_path: Path):
    dice = random.Random(20260901)
    environment = own_environment(tmp_path)
    old = feed(tmp_path, "old.csv", rows=range(ROWS), holder="見本　花子")
    new = feed(tmp_path, "new.csv", rows=range(100, ROWS + 500), holder="見本　華子", shift=1)
    with database(tmp_path) as before_url:
        office = Office(before_url, environment)
        office.run("migrate", "--verbosity=0")
        office.run("import_residents", register(tmp_path))
        office.run("import_feed", old, *FEED)
        before = office.state()
        with database(tmp_path, like=before_url) as url:
            calm = Office(url, environment)
            process = calm.begin(new)
            seconds = wait_until(lambda: not calm.count(OPEN), within=60, what="an import")
            process.communicate(timeout=60)
            assert process.returncode == 0
            undisturbed = calm.state()
        assert before != undisturbed

        in_the_middle = tries = 0
        while in_the_middle < KILLS:
            tries += 1
            assert tries <= 3 * KILLS, f"of {tries} kills only {in_the_middle} came before the end"
            with database(tmp_path, like=before_url) as url:
                stormy = Office(url, environment)
                kill_after(stormy.begin(new), dice.uniform(0, seconds))
                in_the_middle += stormy.count(OPEN)
                assert stormy.state() == (before if stormy.count(OPEN) else undisturbed)

                stormy.run("import_feed", new, *FEED, *WHOLE)

                assert stormy.state() == undisturbed
