"""Production's settings, with the bare page beside the real ones; cookies are handed to the load tool."""

import os
import secrets

from portal.settings import *  # noqa: F403
from portal.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "tests.bench.urls"
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE_DIR / "tests" / "bench" / "templates"]
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = BASE_DIR / "static"
# notices: queues that nobody else reads, and a channel that takes everything
BENCH_QUEUE = os.environ.setdefault("BENCH_QUEUE", f"bench-{secrets.token_hex(4)}")
CELERY_BROKER_URL = os.environ.get("BENCH_BROKER_URL", "amqp://guest:guest@127.0.0.1:5672//")
CELERY_BROKER_TRANSPORT_OPTIONS = {}
CELERY_TASK_QUEUES, CELERY_TASK_DEFAULT_QUEUE = None, BENCH_QUEUE
CELERY_TASK_ROUTES = {"notices.tasks.deliver_bulk": {"queue": f"{BENCH_QUEUE}-bulk"}}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
