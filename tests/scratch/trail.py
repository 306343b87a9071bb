"""A trail in a scratch portal: `python -m tests.scratch.trail write 3000`, then `seal` in small batches."""

import os
import sys
import time

import django
from django.utils import timezone

BATCH, PAUSE = 50, 0.02


def write(count: int) -> None:
    """So many events about one person."""
    from accounts import audit  # noqa: PLC0415 - Django is set up first
    from tests import factories  # noqa: PLC0415

    person, now = factories.ResidentFactory.create(), timezone.now()
    audit.record_many(
        audit.event("record.viewed", by=None, at=now, resident=person) for _each in range(count)
    )


def seal() -> None:
    """The real task; between writing a batch and committing it there is time to be killed."""
    from accounts import sealing, tasks  # noqa: PLC0415

    move = sealing.move

    def slowly(*args: object) -> None:
        move(*args)
        time.sleep(PAUSE)

    sealing.BATCH, sealing.move = BATCH, slowly
    tasks.seal_trail()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.scratch.settings")
    django.setup()
    if sys.argv[1] == "write":
        write(int(sys.argv[2]))
    else:
        seal()
