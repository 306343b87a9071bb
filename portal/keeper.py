"""Ends process groups once whoever started it is gone, by kill -9 too. Run by path: imports nothing of ours.

It reads a process id a line from its standard input, whose other end only the parent holds. When that end is
closed the parent is gone, for a system closes the files of a process however it died. Works on every Unix.
"""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterable

SECONDS_OF_GRACE = 5.0


def keep_watch() -> None:
    """Collect the ids until the parent is gone, then end what is left."""
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.SIG_IGN)
    grace = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS_OF_GRACE
    end_groups([int(line) for line in sys.stdin], grace=grace)


def end_groups(leaders: list[int], *, grace: float) -> None:
    """Ask each leader to end, wait so many seconds, then kill what is left of its group."""
    for leader in leaders:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(leader, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while living(leaders) and time.monotonic() < deadline:
        time.sleep(0.05)
    for leader in leaders:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)


def living(leaders: Iterable[int]) -> list[int]:
    """The leaders whose group still has a process."""
    return [leader for leader in leaders if has_process(leader)]


def has_process(group: int) -> bool:
    """Whether a process of the group exists, be it a dead one that nobody collected."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    keep_watch()
