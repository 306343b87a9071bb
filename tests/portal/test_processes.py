"""Several programs as one: they start together, and none outlives the others."""

import os
import signal
import subprocess
import sys

import pytest

from portal.processes import PRCTL, Ended, outcome
from tests.scratch.crew import crew
from tests.scratch.portal import ROOT, wait_until
from tests.scratch.processes import carrying, commands, end_all

pytestmark = pytest.mark.kill


@pytest.fixture
def mark(tmp_path):
    """What every process of a test carries in its environment."""
    yield f"CREW_TEST={tmp_path}"
    end_all(str(tmp_path))


@pytest.fixture
def run(mark):
    """Starts a crew of these programs in a process of its own, and waits until it is up."""
    started = []

    def start(*names, processes):
        name, _, value = mark.partition("=")
        parent = subprocess.Popen(
            [sys.executable, "-m", "tests.scratch.crew", *names],
            cwd=ROOT,
            env=os.environ | {name: value},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(parent)
        wait_until(lambda: len(carrying(mark)) >= processes, within=30, what="starting")
        return parent

    yield start
    for parent in started:
        parent.kill()
        parent.communicate()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_and_its_like_end_all_and_are_no_failure(ending, run, mark):
    # the parent, the keeper, two programs, and a child of each
    parent = run("sleeper", "talker", processes=6)

    parent.send_signal(ending)
    output, errors = parent.communicate(timeout=30)

    assert parent.returncode == 0
    assert "stopped as asked" in output
    assert errors == ""
    assert carrying(mark) == []


def test_kill_9_of_the_parent_leaves_no_process_behind(run, mark):
    parent = run("sleeper", "stubborn", processes=6)

    parent.kill()
    parent.wait()

    wait_until(lambda: carrying(mark) == [], within=30, what="the keeper")


@pytest.mark.skipif(PRCTL is None, reason="only Linux ends a child with its parent")
def test_kill_9_of_parent_and_keeper_together_ends_the_programs(run, mark):
    parent = run("sleeper", processes=4)
    keeper = next(pid for pid, line in commands(mark).items() if "keeper.py" in line)

    os.kill(keeper, signal.SIGKILL)
    parent.kill()
    parent.wait()

    program_lines = lambda: [line for line in commands(mark).values() if "subprocess" in line]  # noqa: E731
    wait_until(lambda: program_lines() == [], within=30, what="the kernel")


def test_one_that_ends_by_itself_is_named_and_ends_the_others(run, mark):
    parent = run("sleeper", "quitter", processes=1)

    _output, errors = parent.communicate(timeout=30)

    assert parent.returncode == 1
    assert errors.strip() == "stopped: the quitter process ended (exit code 3)"
    assert carrying(mark) == []


def test_one_that_was_killed_is_named_with_the_signal(run, mark):
    parent = run("sleeper", "talker", processes=6)
    victim = next(pid for pid, line in commands(mark).items() if "a line" in line and "-u" in line)

    os.kill(victim, signal.SIGKILL)
    _output, errors = parent.communicate(timeout=30)

    assert parent.returncode == 1
    assert errors.strip() == "stopped: the talker process ended (SIGKILL)"
    wait_until(lambda: carrying(mark) == [], within=30, what="ending the others")


def test_a_keeper_that_is_gone_stops_everything(run, mark):
    parent = run("sleeper", processes=4)
    keeper = next(pid for pid, line in commands(mark).items() if "keeper.py" in line)

    os.kill(keeper, signal.SIGKILL)
    _output, errors = parent.communicate(timeout=30)

    assert parent.returncode == 1
    assert "watches over the others" in errors
    assert carrying(mark) == []


def test_each_line_stands_behind_its_programs_name(run):
    parent = run("talker", processes=4)
    seen = []

    while len(seen) < 3:
        seen.append(parent.stdout.readline().rstrip("\n"))

    assert set(seen) == {"announced", "talker │ a line", "talker │ a warning"}


def test_a_program_that_cannot_be_started_ends_those_that_were():
    members = crew(["sleeper", "sleeper"])
    members.programs[1] = type(members.programs[1])("missing", "red", ("/no/such/program",))

    with pytest.raises(FileNotFoundError):
        members.__enter__()

    assert [process.poll() is not None for _program, process in members.running] == [True]
    assert members.keeper.poll() is not None
    members.running[0][1].stdout.close()
    members.keeper.stdin.close()


def test_endings_are_told_in_words():
    assert outcome(0) == "exit code 0"
    assert outcome(-9) == "SIGKILL"
    assert issubclass(Ended, Exception)
