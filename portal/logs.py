"""What is written down: never an individual number, even where somebody put one into an address."""

import datetime
import json
import logging
import re
import time
from typing import Any

from accounts.callers import CALLER
from accounts.free_text import without_individual_numbers
from portal.contexts import names
from portal.environment import env

# What is written down: of a request its path, in which somebody may have put a number
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"numbers": {"()": "portal.logs.WithoutNumbers"}},
    "formatters": {"chosen": {"()": "portal.logs.chosen"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "chosen"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.request": {"filters": ["numbers"]},
        # it warns at each signature that revocation lists come from files
        "pyhanko": {"level": "ERROR"},
        # anybody may send any Host header: no trace for each
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}

# PostgreSQL tells of a refused row by all that is in it
QUOTED_ROW = re.compile(r"\s*(DETAIL|CONTEXT):")
# the same in a failure that somebody wrote into one line
QUOTED_INSIDE = re.compile(r"\\n\s*(?:DETAIL|CONTEXT):[^\n]*")
ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


class WithoutNumbers(logging.Filter):
    """Hides every individual number and quoted row in what a record says; lets each record through."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Hide them where there are any."""
        said = record.getMessage()
        hidden = without_individual_numbers(QUOTED_INSIDE.sub("", said))
        plain = unescaped(hidden)
        if (both := without_individual_numbers(plain)) != plain:
            hidden = both
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True


class Plain(logging.Formatter):
    """When in UTC, for whose sign-in (its key, – for nobody), how grave, by what, and what: on one line.

    Below it the trace of a failure, without the row that a database quotes and without numbers.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's own name)
        """The line: nothing that somebody sent ends it."""
        record.who = CALLER.get() or "–"
        return "".join(sign if sign.isprintable() else "?" for sign in super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 (logging's own name)
        """The trace."""
        lines = super().formatException(ei).splitlines()
        told = "\n".join(line for line in lines if not QUOTED_ROW.match(line))
        return without_individual_numbers(told)


class Structured(Plain):
    """The same as one JSON object a line, with the names of the request and the task it belongs to."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the text holds."""
        said: dict[str, object] = {
            "at": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "who": CALLER.get(),
            "message": record.getMessage(),
            **names(),
        }
        if record.exc_info:
            said["failure"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def chosen() -> logging.Formatter:
    """Lines for a person at a terminal, or JSON where LOG_FORMAT says so."""
    if env.str("LOG_FORMAT", "") == "json":
        return Structured()
    return Plain("%(asctime)s %(who)s %(levelname)s %(name)s %(message)s")


def unescaped(text: str) -> str:
    """The text with what Django escaped in an address, full-width digits too, but no end of a line."""
    plain = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return "".join(sign if sign.isprintable() else "?" for sign in plain)
