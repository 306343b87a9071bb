"""The real settings with fresh secrets of their own, whatever .env says."""

import os
import secrets
import tempfile
from pathlib import Path

from portal.keys import fresh_secrets

os.environ |= fresh_secrets()
os.environ["READ_DOT_ENV"] = "0"
os.environ["DEBUG"] = "1"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # sync Playwright runs an event loop beside the ORM
worker = os.environ.get("PYTEST_XDIST_WORKER", "")
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="portal-test-"))
if worker:
    # each worker its own folder: a lock file in it stands for one installation
    os.environ["VAR_DIR"] = os.path.join(os.environ["VAR_DIR"], worker)

from portal.settings import *  # noqa: E402, F403
from portal.settings import CACHES, DATABASES, STORAGES, VAR_DIR  # noqa: E402

suffix = os.environ.get("TEST_DB_SUFFIX", "") + worker
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # a file: the live server and the test read it from several threads
    DATABASES["default"]["TEST"] = {"NAME": str(Path(VAR_DIR) / f"test{suffix}.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_portal{suffix}"}
DATABASES["default"]["CONN_MAX_AGE"] = 0
CACHES["default"]["KEY_PREFIX"] = secrets.token_hex(4)  # a Redis is shared with other processes
CACHES["process"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False
DEBUG = False
WHITENOISE_AUTOREFRESH = True  # or each client of a test looks through all files
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
