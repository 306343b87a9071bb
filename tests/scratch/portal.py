"""A portal of its own in a scratch folder, whose worker can be started and killed."""

import atexit
import contextlib
import email
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from functools import cache
from pathlib import Path

import psycopg

from deploy.plain.server import Server
from portal.broker import check_broker
from portal.keys import fresh_secrets

ROOT = Path(__file__).resolve().parent.parent.parent
WORKER = [
    "-m",
    "celery",
    "--quiet",
    "-A",
    "portal",
    "worker",
    "-B",
    "--concurrency",
    "2",
    "--loglevel",
    "ERROR",
]
DATABASE = "portal.sqlite3"


@dataclass
class ScratchPortal:
    """Its files, its environment, its one worker, whoever commits facts, and a broker that it may kill."""

    folder: Path
    broker_url: str
    queue: str
    database_url: str = ""  # of PostgreSQL; else SQLite's own in its folder
    stuck_after: int = 1
    broker: Server | None = None
    worker: subprocess.Popen | None = field(default=None)
    sender: subprocess.Popen | None = field(default=None)
    facts: int = 0

    @property
    def environment(self) -> dict[str, str]:
        return self._secrets() | {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "tests.scratch.settings",
            "READ_DOT_ENV": "0",
            "DEBUG": "1",
            "VAR_DIR": str(self.folder),
            **({"DATABASE_URL": self.database_url} if self.database_url else {}),
            "BROKER_URL": self.broker_url,
            "SCRATCH_QUEUE": self.queue,
            "NOTICE_STUCK_AFTER": str(self.stuck_after),
            "PYTHONWARNINGS": "ignore::RuntimeWarning,ignore:::celery.platforms",
        }

    def _secrets(self) -> dict[str, str]:
        if not hasattr(self, "_kept"):
            self._kept = fresh_secrets()
        return self._kept

    def prepare(self) -> None:
        """An empty database and an empty queue."""
        check_broker(self.broker_url)
        if self.database_url:
            self.migrate()
        else:
            shutil.copy(migrated(), self.folder / DATABASE)

    def migrate(self) -> None:
        """Make the tables."""
        self.run("manage.py", "migrate", "--verbosity=0")
        self.run("manage.py", "createcachetable")

    def run(self, *arguments: str) -> None:
        """Run Python in this portal's environment to its end."""
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=self.environment, check=True, timeout=240)

    def start_worker(self) -> None:
        """A real Celery worker with two child processes and the sweep, in a process group of its own.

        One that ends is started again, as systemd, Compose and Kubernetes do: after its Redis was killed
        Celery may end with "Unrecoverable error".
        """
        command = [sys.executable, *WORKER, "--schedule", str(self.folder / "beat")]
        self.worker = self.started("sh", "-c", 'while :; do "$@"; sleep 1; done', "worker", *command)

    def start_sender(self, facts: int) -> None:
        """A process that commits facts, so many with those that are there."""
        self.facts = facts
        self.sender = self.started(sys.executable, "-m", "tests.scratch.facts", str(facts))

    def started(self, *command: str) -> subprocess.Popen:
        """A program in this portal's environment, in a process group of its own; what it says is kept."""
        with (self.folder / "processes.log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                start_new_session=True,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def kill_worker(self) -> None:
        """kill -9 for the worker and everything that it forked."""
        self.worker = killed(self.worker)

    def kill_sender(self) -> None:
        """kill -9 for whoever commits facts."""
        self.sender = killed(self.sender)

    def restart_worker(self) -> None:
        """kill -9, and a new one."""
        self.kill_worker()
        self.start_worker()

    def restart_sender(self) -> None:
        """kill -9, and another one that goes on."""
        self.kill_sender()
        self.start_sender(self.facts)

    def restart_broker(self) -> None:
        """kill -9, and start it again with what it has on its disk."""
        assert self.broker is not None
        self.broker.kill()
        self.broker.start()
        self.broker.wait()

    def ask(self, query: str) -> list[tuple]:
        """The rows of a query on the scratch database."""
        if self.database_url:
            with psycopg.connect(self.database_url) as server:
                return server.execute(query).fetchall()
        connection = sqlite3.connect(self.folder / DATABASE, timeout=20)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def count(self, query: str) -> int:
        """The one number that a query answers."""
        return int(self.ask(query)[0][0])

    def mails(self) -> Iterator[Message]:
        """Every mail that was written, repeats too."""
        for file in (self.folder / "mail").glob("*.log"):
            for text in file.read_text(encoding="utf-8").split("-" * 79 + "\n"):
                if text.strip():
                    yield email.message_from_string(text)

    def copies(self) -> Counter[str]:
        """How many mails carry each Message-ID."""
        return Counter(mail["Message-ID"] for mail in self.mails())


def killed(process: subprocess.Popen | None) -> None:
    """kill -9 for the process and all that it started."""
    if process is not None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@cache
def migrated() -> Path:
    """A database with all tables and nobody in it, made once for all portals of a run."""
    folder = Path(tempfile.mkdtemp(prefix="portal-migrated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    ScratchPortal(folder, broker_url="memory://", queue="none").migrate()
    return folder / DATABASE


def wait_until(true: Callable[[], bool], *, within: float, what: str) -> float:
    """Poll until it is true and return the seconds it took; AssertionError once the time is over."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < within, f"{what} took longer than {within} s"
        time.sleep(0.01)
    return time.monotonic() - started
