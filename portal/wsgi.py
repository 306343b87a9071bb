"""What the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
# a page waits for nobody longer; commands and workers may, unless told otherwise
for limit, seconds in {"STATEMENT_SECONDS": "30", "LOCK_SECONDS": "10", "IDLE_SECONDS": "60"}.items():
    os.environ.setdefault(limit, seconds)
application = get_wsgi_application()

from portal.preflight import check_keys  # noqa: E402 (reads models, which the line above makes ready)

# a key that cannot be used stops the start, not the first resident who needs it
check_keys()
