"""One program of the installation: how it is started, known to be ready, stopped and killed."""

import contextlib
import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal.processes import end_with_parent

ROOT = Path(__file__).resolve().parents[2]
MOST_SECONDS = 60.0


class NotReady(Exception):
    """A program did not become ready; the text names it and its log."""


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Whether somebody answers there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Server:
    """A program with its log; `port` says that it is ready once it listens there."""

    name: str
    command: list[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    port: int | None = None
    ready: Callable[[], bool] | None = None
    user: str | None = None
    ending: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """What it says."""
        return self.folder / f"{self.name}.log"

    def start(self) -> None:
        """Start it in a process group of its own, which ends with us."""
        who = {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,
                **who,
            )

    def wait(self, *, most: float = MOST_SECONDS) -> None:
        """Until it is ready; NotReady where it ended or takes too long."""
        deadline = time.monotonic() + most
        while not self.is_ready():
            if not self.runs() or time.monotonic() > deadline:
                raise NotReady(f"{self.name} is not ready: {self.log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)

    def is_ready(self) -> bool:
        """Whether it can be used."""
        if self.ready is not None:
            return self.ready()
        return self.port is None or listens(self.port)

    def runs(self) -> bool:
        """Whether the process is there."""
        return self.process is not None and self.process.poll() is None

    def stop(self, *, most: float = 20.0) -> None:
        """Ask it to end, and kill what is left of its group."""
        if self.process is None:
            return
        self.process.send_signal(self.ending)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(most)
        self.kill()

    def kill(self) -> None:
        """kill -9 for it and all that it started."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None


def owned_by(folder: Path, user: str | None) -> Path:
    """The folder, made for that user alone."""
    folder.mkdir(mode=0o700)
    if user:
        entry = pwd.getpwnam(user)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    return folder
