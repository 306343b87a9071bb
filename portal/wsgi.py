"""What the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
# a page waits for nobody longer; commands and workers may, unless told otherwise
for limit, seconds in {"STATEMENT_SECONDS": "30", "LOCK_SECONDS": "10", "IDLE_SECONDS": "60"}.items():
    os.environ.setdefault(limit, seconds)
application = get_wsgi_application()

from portal import tracing  # noqa: E402 (reads settings, which the line above makes ready)
from portal.preflight import check_keys  # noqa: E402
from portal.safety import check_safety  # noqa: E402

# a key that cannot be used stops the start, not the first resident who needs it
check_keys()
check_safety()
tracing.start("portal-web")
