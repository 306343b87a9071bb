"""Work waits in a queue of its kind, and none grows without end."""

from django.conf import settings

from portal.celery import app
from portal.queues import NAMES, ORDINARY, each_once, queues


def queue_of(task: str) -> str:
    """Where a task's messages go."""
    return app.amqp.router.route({}, task)["queue"].name


def test_a_long_review_keeps_no_notice_waiting() -> None:
    assert queue_of("notices.tasks.deliver") == "notices"
    assert queue_of("notices.tasks.deliver_bulk") == "bulk"
    assert queue_of("links.tasks.review_changed") == "records"
    assert queue_of("portal.tasks.make_export") == "papers"
    assert queue_of("accounts.tasks.seal_trail") == ORDINARY


def test_every_task_goes_to_a_queue_that_workers_know() -> None:
    app.loader.import_default_modules()
    ours = [name for name in app.tasks if not name.startswith("celery.")]

    assert {queue_of(name) for name in ours} == set(NAMES)


def test_what_finds_no_place_is_refused_and_not_kept() -> None:
    limits = {queue.name: queue.queue_arguments for queue in queues() if queue.name != ORDINARY}

    assert all(limit["x-max-length"] and limit["x-overflow"] == "reject-publish" for limit in limits.values())


def test_what_was_not_done_in_time_is_not_done_twice() -> None:
    """Without a worker nothing piles up that all of them would have to do at once."""
    schedule = each_once({"sweep": {"task": "notices.tasks.sweep", "schedule": 30.0}})

    assert schedule["sweep"]["options"] == {"expires": 30.0}
    assert all(entry["options"]["expires"] for entry in settings.CELERY_BEAT_SCHEDULE.values())
