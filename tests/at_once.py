"""Deeds at the same moment, each on a connection of its own, as two browsers do them."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def at_once(
    *deeds: Callable[[], object], refusal: type[Exception] | tuple[type[Exception], ...] = ()
) -> list[object]:
    """What each deed returned, or how it was refused; whatever else one raised is raised here."""
    start = threading.Barrier(len(deeds), timeout=10)

    def run(deed: Callable[[], object]) -> object:
        connection.ensure_connection()  # before the start: it takes longer than most deeds
        start.wait()
        try:
            return deed()
        except refusal as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [ended.result() for ended in [pool.submit(run, deed) for deed in deeds]]
