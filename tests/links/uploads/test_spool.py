"""The intake folder: one worker a job, and how far it is."""

import fcntl
import os

import pytest

from links.models import Job
from links.uploads import spool


@pytest.fixture
def job() -> Job:
    """A job, as far as the folder is concerned."""
    return Job(kind=Job.Kind.EXPORT)


def test_nothing_is_said_of_a_job_that_did_not_begin(job):
    assert spool.progress(job) is None


def test_a_job_says_how_far_it_is(job):
    with spool.alone(job) as sign:
        sign.say(30, 100)

        assert spool.progress(job) == (30, 100)

    assert spool.progress(job) is None


def test_it_is_said_not_too_often(job):
    with spool.alone(job) as sign:
        sign.say(1, 100)
        sign.say(2, 100)

        assert spool.progress(job) == (1, 100)


def test_only_one_worker_is_at_a_job(job):
    with spool.alone(job), pytest.raises(spool.Taken), spool.alone(job):
        pass


def test_a_job_may_be_taken_again_once_its_worker_is_gone(job):
    with pytest.raises(ZeroDivisionError), spool.alone(job):
        raise ZeroDivisionError

    with spool.alone(job) as sign:
        sign.say(1, 2)

    assert spool.progress(job) is None


def test_a_sign_that_its_worker_deleted_before_we_had_its_lock_is_not_ours(job, monkeypatch):
    with spool.alone(job):
        pass
    lock = fcntl.flock

    def deleted_meanwhile(descriptor: int, how: int) -> None:
        for left in spool.folder().iterdir():
            os.unlink(left)
        lock(descriptor, how)

    monkeypatch.setattr(spool.fcntl, "flock", deleted_meanwhile)

    with pytest.raises(spool.Taken), spool.alone(job):
        pass
