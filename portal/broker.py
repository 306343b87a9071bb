"""The message broker that the settings name: can it be used, and is the embedded one in order?"""

import sqlite3
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from kombu.connection import Connection
from kombu.exceptions import OperationalError

EMBEDDED = "sqla+sqlite:///"
SECONDS_TO_ANSWER = 3


def check_broker(url: str) -> None:
    """Raise ImproperlyConfigured, one sentence without the password, where no message could be sent."""
    if url.startswith(EMBEDDED):
        prepare_embedded(Path(url.removeprefix(EMBEDDED)))
        return
    try:
        with Connection(url, connect_timeout=SECONDS_TO_ANSWER) as connection:  # type: ignore[no-untyped-call]
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=SECONDS_TO_ANSWER)
    except OperationalError as problem:
        address = Connection(url).as_uri()  # type: ignore[no-untyped-call]
        raise ImproperlyConfigured(
            f"the broker {address} (BROKER_URL) does not answer: {problem}."
        ) from problem
    except (KeyError, ValueError, ImportError) as problem:
        scheme = url.partition(":")[0]
        raise ImproperlyConfigured(
            f"BROKER_URL begins with “{scheme}”; use amqp://, redis://, or leave it out (embedded)."
        ) from problem


def prepare_embedded(path: Path) -> None:
    """Let the file be read while it is written, and drop what was delivered: kombu keeps it for ever."""
    try:
        with sqlite3.connect(path, timeout=20) as file:
            file.execute("PRAGMA journal_mode=WAL")
            if file.execute("SELECT 1 FROM sqlite_master WHERE name = 'kombu_message'").fetchone():
                file.execute("DELETE FROM kombu_message WHERE NOT visible")
        file.close()
    except sqlite3.Error as problem:
        raise ImproperlyConfigured(
            f"the embedded broker's file {path} cannot be used: {problem}."
        ) from problem
