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
            "BASE_URL": "http://127.0.0.1",
        }
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("createcachetable")
        from tests.bench import feed_import, home_page, review, trail  # noqa: PLC0415 (needs the settings above)

        benches = {"home": home_page.run, "feed": feed_import.run, "review": review.run, "trail": trail.run}
        met = [benches[name]() for name in sys.argv[1:] or benches]
        return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
