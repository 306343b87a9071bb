"""The intake folder: sealed files, and for each job at work a file whose lock its worker holds.

All web servers and workers of an installation share it. The job's file also says how far the job is: the
database cannot, for an import is one transaction, and on SQLite nobody else may write meanwhile.
"""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from accounts.intake.sealed import SealedFile
from links.models import Job, Upload

SECONDS_BETWEEN = 0.5
SHAPE = "{:020d} {:020d}"


class Taken(Exception):
    """Another worker is at this job."""


class Progress(NamedTuple):
    """How much of how much is done."""

    done: int
    total: int


class Sign:
    """Says how far a job is, not more often than twice a second."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._said_at = 0.0

    def say(self, done: int, total: int) -> None:
        """So much of so much."""
        now = time.monotonic()
        if now - self._said_at >= SECONDS_BETWEEN:
            self._said_at = now
            # always of the same length, in one write: whoever reads meanwhile finds no half of it
            os.pwrite(self._descriptor, SHAPE.format(done, total).encode(), 0)


@contextmanager
def alone(job: Job) -> Iterator[Sign]:
    """Nobody else works on the job meanwhile; Taken where somebody does. The lock dies with its process."""
    path = _sign_of(job)
    # neither emptied before it is ours, nor appended to: a place to write at means nothing then
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise Taken from taken
        if not _stands_at(path, file.fileno()):
            raise Taken
        os.ftruncate(file.fileno(), 0)
        try:
            yield Sign(file.fileno())
        finally:
            path.unlink(missing_ok=True)


def progress(job: Job) -> Progress | None:
    """How far the job is; None where it has not said so yet."""
    try:
        done, total = map(int, _sign_of(job).read_bytes().split())
    except (FileNotFoundError, ValueError):
        return None
    return Progress(done, total)


def fresh() -> SealedFile:
    """A file still to be written, under a random name."""
    return SealedFile.at(folder() / f"{secrets.token_hex(16)}.in")


def of_upload(upload: Upload) -> SealedFile:
    """The bytes that were sent."""
    return SealedFile(folder() / upload.stored_as, bytes(upload.key or b""))


def fresh_output(job: Job) -> SealedFile:
    """The file that a job writes."""
    return SealedFile.at(_output_of(job))


def output(job: Job) -> SealedFile:
    """The file that a job left."""
    return SealedFile(_output_of(job), bytes(job.output_key or b""))


def folder() -> Path:
    """Where it all lies."""
    return Path(settings.INTAKE_DIR)


def _stands_at(path: Path, descriptor: int) -> bool:
    """Whether this very file is still there: its worker may have deleted it before we had the lock."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _output_of(job: Job) -> Path:
    return folder() / f"{job.public_id}.out"


def _sign_of(job: Job) -> Path:
    return folder() / f"{job.public_id}.job"
