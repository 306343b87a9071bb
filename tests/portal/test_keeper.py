"""The keeper: when whoever started it is gone, so is everything that it was told of."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal import keeper
from tests.scratch.crew import SLEEPER, STUBBORN
from tests.scratch.portal import wait_until
from tests.scratch.processes import carrying, end_all

pytestmark = pytest.mark.kill


@pytest.fixture
def mark(tmp_path):
    """What every process of a test carries in its environment."""
    yield f"KEEPER_TEST={tmp_path}"
    end_all(str(tmp_path))


def start(mark, program):
    name, _, value = mark.partition("=")
    return subprocess.Popen(
        [sys.executable, "-c", program], env=os.environ | {name: value}, start_new_session=True
    )


def started_keeper():
    return subprocess.Popen(
        [sys.executable, keeper.__file__, "0.5"], stdin=subprocess.PIPE, text=True, start_new_session=True
    )


@pytest.mark.parametrize("program", [SLEEPER, STUBBORN], ids=["obeys", "ignores SIGTERM"])
def test_a_closed_pipe_ends_the_whole_group(program, mark):
    process = start(mark, program)
    wait_until(lambda: len(carrying(mark)) == 2, within=30, what="starting")
    watch = started_keeper()

    watch.communicate(f"{process.pid}\n", timeout=30)
    process.wait(30)

    wait_until(lambda: not carrying(mark), within=30, what="ending")
    assert watch.returncode == 0


def test_as_long_as_the_pipe_is_open_nothing_is_ended(mark):
    process = start(mark, SLEEPER)
    watch = started_keeper()
    watch.stdin.write(f"{process.pid}\n")
    watch.stdin.flush()

    still_there = process.poll() is None and watch.poll() is None

    watch.communicate(timeout=30)
    process.wait(30)
    assert still_there


def test_what_ended_already_is_no_problem(mark):
    process = start(mark, "pass")
    process.wait(30)
    watch = started_keeper()

    watch.communicate(f"{process.pid}\n", timeout=30)

    assert watch.returncode == 0
    assert not keeper.has_process(process.pid)


def test_the_keeper_loads_nothing_of_ours():
    lines = Path(keeper.__file__).read_text(encoding="utf-8").splitlines()

    imported = {line.split()[1].partition(".")[0] for line in lines if line.startswith(("import ", "from "))}

    assert imported <= sys.stdlib_module_names
