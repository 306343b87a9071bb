"""The Celery application; its settings are those of Django that begin with CELERY_."""

import logging
import os
from contextvars import Token
from pathlib import Path
from typing import Any

from celery import Celery, signals
from django.conf import settings

from accounts.places import HERE, TASK
from portal.logs import Plain, WithoutNumbers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

standing: dict[str, Token[str]] = {}


@signals.task_prerun.connect(dispatch_uid="portal.place")
def stand_in_task(*, task_id: str, **_more: Any) -> None:
    """What a task does is done by itself: the trail says so."""
    standing[task_id] = HERE.set(TASK)


@signals.task_postrun.connect(dispatch_uid="portal.place")
def stand_again(*, task_id: str, **_more: Any) -> None:
    """What comes after the task is not."""
    if token := standing.pop(task_id, None):
        HERE.reset(token)


@signals.after_setup_logger.connect(dispatch_uid="portal.logs")
@signals.after_setup_task_logger.connect(dispatch_uid="portal.logs")
def write_without_numbers(*, logger: logging.Logger, **_more: Any) -> None:
    """Celery sets its own handlers up; they hide what those of the web hide."""
    for handler in logger.handlers:
        handler.setFormatter(Plain("%(asctime)s %(levelname)s %(name)s %(message)s"))
        handler.addFilter(WithoutNumbers())


@signals.heartbeat_sent.connect(dispatch_uid="portal.alive")
def say_that_it_lives(**_more: Any) -> None:
    """A worker that reaches its broker touches a file, which whoever watches the process looks at."""
    if settings.ALIVE_FILE:
        Path(settings.ALIVE_FILE).touch()


@signals.beat_init.connect(dispatch_uid="portal.alive")
def live_by_publishing(**_more: Any) -> None:
    """Beat does so each time it hands out work, at least twice a minute."""
    signals.before_task_publish.connect(say_that_it_lives, dispatch_uid="portal.alive")
