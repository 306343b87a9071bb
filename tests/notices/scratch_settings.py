"""The real settings for a portal that a test kills: its own queue, and a sweep that never rests."""

import os

from portal.settings import *  # noqa: F403

CELERY_TASK_DEFAULT_QUEUE = os.environ["SCRATCH_QUEUE"]
CELERY_BEAT_SCHEDULE = {"sweep-notices": {"task": "notices.tasks.sweep", "schedule": 0.5}}
EMAIL_BACKEND = "tests.notices.slow_mail.EmailBackend"
