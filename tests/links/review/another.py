"""Another review that goes on meanwhile, holding the real lock on a connection of its own."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection

from links.review import runs


@contextmanager
def another_review() -> Iterator[None]:
    """Somebody else reviews for as long as this lasts."""
    begun, over = threading.Event(), threading.Event()

    def review() -> None:
        try:
            with runs.alone():
                begun.set()
                over.wait(timeout=60)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as elsewhere:
        held = elsewhere.submit(review)
        assert begun.wait(timeout=10), held.result()
        try:
            yield
        finally:
            over.set()
    held.result()
