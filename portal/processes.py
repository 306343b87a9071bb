"""Runs several programs as one foreground process: they start together and none outlives the others."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from portal import keeper

Process = subprocess.Popen[str]
SECONDS_TO_STOP = 10.0
SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
# kernel's own help where there is one; loaded here, for a child between fork and exec should load nothing
PRCTL = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Program:
    """A command, and under which name and colour its lines appear."""

    name: str
    colour: str
    command: tuple[str, ...]


class Ended(Exception):
    """A program ended although nobody asked it to; the text says which."""


class Crew:
    """The programs that run; leaving the `with` block ends them all."""

    def __init__(self, programs: list[Program], *, console: Console, environment: dict[str, str]) -> None:
        self.programs = programs
        self.console = console
        self.environment = os.environ | environment
        self.running: list[tuple[Program, Process]] = []
        self.stopping = False

    def __enter__(self) -> "Crew":
        self.keeper = started([sys.executable, str(Path(keeper.__file__))], stdin=subprocess.PIPE)
        try:
            for program in self.programs:
                self.start(program)
        except BaseException:
            self.stop()
            raise
        # threads only after the last fork
        for program, process in self.running:
            threading.Thread(target=self.relay, args=(program, process), daemon=True).start()
        return self

    def __exit__(self, *problem: object) -> None:
        self.stop()

    def start(self, program: Program) -> None:
        """Start one program in a process group of its own, known to the keeper."""
        process = started(
            list(program.command),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=self.environment,
            preexec_fn=end_with_parent,
        )
        self.running.append((program, process))
        assert self.keeper.stdin is not None
        self.keeper.stdin.write(f"{process.pid}\n")
        self.keeper.stdin.flush()

    def relay(self, program: Program, process: Process) -> None:
        """Print each line of the program behind its name, until all are asked to stop."""
        for line in process.stdout or ():
            if line.strip() and not self.stopping:
                self.console.print(Text(f"{program.name:<7}│ ", program.colour) + Text(line.rstrip()))

    def check(self) -> None:
        """Raise Ended where a program is not running any more, or the keeper."""
        for program, process in self.running:
            if process.poll() is not None:
                raise Ended(f"the {program.name} process ended ({outcome(process.returncode)})")
        if self.keeper.poll() is not None:
            raise Ended("the process that watches over the others ended")

    def stop(self) -> None:
        """End every program, first politely, and with it all that it started."""
        self.stopping = True
        for _program, process in self.running:
            process.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for _program, process in self.running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.keeper.kill()
        self.keeper.wait()


def started(command: list[str], **options: object) -> Process:
    """The process of a command, in a session of its own: the terminal's Ctrl-C reaches only us."""
    process: Process = subprocess.Popen(  # type: ignore[call-overload] # noqa: S603 - commands of ours
        command, text=True, start_new_session=True, **options
    )
    return process


def end_with_parent() -> None:
    """Have the kernel end this child when its parent dies; where it cannot, the keeper does it alone."""
    if PRCTL is not None:
        PRCTL(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def outcome(returncode: int) -> str:
    """How a process ended, for a person."""
    return f"exit code {returncode}" if returncode >= 0 else signal.Signals(-returncode).name


@contextlib.contextmanager
def endings_interrupt() -> Iterator[None]:
    """Let SIGTERM and a closed terminal do what Ctrl-C does."""
    before = {ending: signal.getsignal(ending) for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    for ending in before:
        signal.signal(ending, signal.default_int_handler)
    try:
        yield
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler)


def run_together(crew: Crew, *, ready: Callable[[], bool], announce: Callable[[], None]) -> None:
    """Run until interrupted; `announce` once, when `ready`; raise Ended where a program ends by itself."""
    announced = False
    with endings_interrupt(), contextlib.suppress(KeyboardInterrupt), crew:
        while True:
            crew.check()
            if not announced and ready():
                announce()
                announced = True
            time.sleep(0.1)
