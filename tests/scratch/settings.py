"""The real settings for a portal that a test kills: its own queue, and a sweep that never rests."""

import os

from portal.settings import *  # noqa: F403
from portal.settings import CELERY_BROKER_TRANSPORT_OPTIONS, CELERY_BROKER_URL

CELERY_TASK_DEFAULT_QUEUE = os.environ["SCRATCH_QUEUE"]
CELERY_TASK_QUEUES, CELERY_TASK_ROUTES = None, {}
CELERY_BEAT_SCHEDULE = {
    "sweep-notices": {"task": "notices.tasks.sweep", "schedule": 0.5},
    "repeat-batches": {"task": "certificates.tasks.repeat_batches", "schedule": 0.5},
    "repeat-incidents": {"task": "reports.tasks.repeat_incidents", "schedule": 0.5},
}
EMAIL_BACKEND = "tests.scratch.slow_mail.EmailBackend"
if CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"global_keyprefix": os.environ["SCRATCH_QUEUE"]}
