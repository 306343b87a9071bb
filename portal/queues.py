"""Which work waits where: a long review keeps no notice waiting, and no queue grows without end."""

from typing import Any

from kombu.entity import Queue

# Celery's own name: what happens by itself, and is short
ORDINARY, NOTICES, BULK, RECORDS, PAPERS = "celery", "notices", "bulk", "records", "papers"
NAMES = (ORDINARY, NOTICES, BULK, RECORDS, PAPERS)
ROUTES = {
    "notices.tasks.deliver_bulk": {"queue": BULK},
    "notices.tasks.*": {"queue": NOTICES},
    "links.tasks.*": {"queue": RECORDS},
    "reports.tasks.carry_on_incident": {"queue": RECORDS},
    "reports.tasks.carry_on_plan": {"queue": RECORDS},
    "portal.tasks.make_export": {"queue": PAPERS},
    "certificates.tasks.carry_on_batch": {"queue": PAPERS},
}
# messages are hints: what finds no place is in the database, and a sweep queues it again
LONGEST = {"x-max-length": 10_000, "x-overflow": "reject-publish"}


def queues() -> list[Queue]:
    """Every queue; a worker that names none of them works for all."""
    limits = {name: LONGEST if name != ORDINARY else None for name in NAMES}
    return [Queue(name, queue_arguments=limit) for name, limit in limits.items()]  # type: ignore[no-untyped-call]


def each_once(schedule: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The schedule, in which nothing piles up where no worker is: a message is void when the next is due."""
    return {name: {**entry, "options": {"expires": entry["schedule"]}} for name, entry in schedule.items()}
