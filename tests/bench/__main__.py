"""Prints figures beside their yardstick: `make bench`. Exits with 1 where a bar is not met."""

import os
import sys

import django
from django.core.management import call_command

from portal.keys import fresh_secrets
from tests.bench.database import own_database


def main() -> int:
    """Make a database, run each benchmark on it, say what was measured."""
    with own_database() as url:
        os.environ |= fresh_secrets()
        os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
        os.environ |= {
            "READ_DOT_ENV": "0",
            "DEBUG": "0",
            "SECURE_SSL_REDIRECT": "0",
            "BASE_URL": "https://127.0.0.1",
            "EMAIL_URL": "filemail://",
            "DEFAULT_FROM_EMAIL": "notice@portal.example",
            "SUPPORT_PHONE": "0120-111-111",
        }
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("createcachetable")
        # needs the settings above
        from tests.bench import (  # noqa: PLC0415
            certificate,
            desk_queue,
            feed_import,
            home_page,
            notices,
            phone,
            review,
            size,
            trail,
        )

        rooms = {"home": home_page, "phone": phone, "feed": feed_import, "review": review, "trail": trail}
        rooms |= {"certificate": certificate, "queue": desk_queue}
        rooms["notices"] = notices
        rooms["size"] = size
        met = [rooms[name].run() for name in sys.argv[1:] or rooms]
        return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
