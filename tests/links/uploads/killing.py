"""A worker that is lost in the middle."""

import pytest

from links.models import Job
from links.uploads import duties, working


class Killed(BaseException):
    """Stands for kill -9: nothing that could answer is left."""


def kill_after(monkeypatch: pytest.MonkeyPatch, duty: str, job: Job) -> None:
    """Do the duty, and lose the worker before it can say so."""

    def cut_off(*args: object) -> None:
        getattr(duties, duty)(*args)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setitem(duties.DUTIES, job.kind, cut_off)
        with pytest.raises(Killed):
            working.carry_out(job.pk)
