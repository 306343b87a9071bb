"""The Celery application; its settings are those of Django that begin with CELERY_."""

import logging
import os
import time
from contextvars import Token
from pathlib import Path
from typing import Any

from celery import Task, signals
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from prometheus_client import start_http_server

from accounts.places import HERE, TASK
from portal import contexts, tracing
from portal.logs import WithoutNumbers, chosen
from portal.publishing import Hints
from portal.safety import check_safety
from portal.task_figures import TASKS, counted

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
app = Hints("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# of each running task what stood before it, its name, and when it began
running: dict[str, tuple[Token[str], Token[str], float]] = {}


@signals.task_prerun.connect(dispatch_uid="portal.place")
def stand_in_task(*, task_id: str, **_more: Any) -> None:
    """What a task does is done by itself: the trail says so, and logs name the task."""
    running[task_id] = HERE.set(TASK), contexts.TASK.set(task_id), time.perf_counter()


@signals.task_postrun.connect(dispatch_uid="portal.place")
def stand_again(*, task_id: str, task: Task, state: str | None = None, **_more: Any) -> None:
    """What comes after the task is not."""
    if task_id in running:
        here, name, begun = running.pop(task_id)
        HERE.reset(here)
        contexts.TASK.reset(name)
        TASKS.labels(task.name, state or "none").observe(time.perf_counter() - begun)


@signals.after_setup_logger.connect(dispatch_uid="portal.logs")
@signals.after_setup_task_logger.connect(dispatch_uid="portal.logs")
def write_without_numbers(*, logger: logging.Logger, **_more: Any) -> None:
    """Celery sets its own handlers up; they hide what those of the web hide."""
    for handler in logger.handlers:
        handler.setFormatter(chosen())
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


@signals.worker_init.connect(dispatch_uid="portal.figures")
def show_figures(**_more: Any) -> None:
    """A worker shows what its processes counted on a port of its own, where it was given one."""
    if settings.METRICS_PORT:
        start_http_server(settings.METRICS_PORT, registry=counted())


@signals.worker_process_init.connect(dispatch_uid="portal.traces")
def trace_tasks(**_more: Any) -> None:
    """After the fork: what sends traces is a thread, and none outlives one."""
    tracing.start("portal-worker")


@signals.worker_init.connect(dispatch_uid="portal.safety")
@signals.beat_init.connect(dispatch_uid="portal.safety")
def refuse_what_is_unsafe(**_more: Any) -> None:
    """One sentence instead of a worker that tells people nothing."""
    try:
        check_safety()
    except ImproperlyConfigured as problem:
        raise SystemExit(str(problem)) from None
