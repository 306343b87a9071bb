"""What must be in order before the portal starts; each check raises ImproperlyConfigured, one sentence."""

import errno
import os
import socket

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from accounts import heads
from accounts.card import client as card
from accounts.vault import finder, sealer
from certificates.keys import NoKey, load_keys
from links.tokens import signing_key
from portal.broker import check_broker

LOOPBACKS = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
LARGEST_PORT = 65_535


def check_surroundings(port: int) -> None:
    """Keys, broker and port, the first problem is raised."""
    check_keys()
    check_broker(settings.CELERY_BROKER_URL)
    check_port(port)


def check_keys() -> None:
    """The vault, the certificates, the API and the trail can be used with the keys that are set."""
    sealer()
    finder()
    signing_key()
    card.check()
    heads.keys()
    try:
        load_keys(settings.CERTIFICATE_KEY).signing  # noqa: B018
    except NoKey as problem:
        raise ImproperlyConfigured(str(problem)) from problem


def check_database() -> None:
    """The database has every table; OperationalError where it is not there."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise ImproperlyConfigured(
            f"the database lacks {len(missing)} changes of its tables: run `python manage.py migrate`."
        )
    cache = settings.CACHES["default"]
    in_database = cache["BACKEND"].endswith("DatabaseCache")
    if in_database and cache["LOCATION"] not in connection.introspection.table_names():
        raise ImproperlyConfigured(
            "the table of the cache is missing: run `python manage.py createcachetable`."
        )
    connections.close_all()


def chosen_port() -> int:
    """The port that the environment variable PORT names, else 8000."""
    text = os.environ.get("PORT", "") or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= LARGEST_PORT:
        raise ImproperlyConfigured(f"PORT is “{text}”, which is no number from 1 to {LARGEST_PORT}.")
    return int(text)


def check_port(port: int) -> None:
    """The port is free on this machine, for both addresses that `localhost` may mean."""
    for family, address in LOOPBACKS:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError as problem:
                refuse(port, problem)


def refuse(port: int, problem: OSError) -> None:
    """Raise the sentence for a port that cannot be had; a machine without IPv6 is no problem."""
    if problem.errno == errno.EADDRINUSE:
        raise ImproperlyConfigured(
            f"port {port} is in use by another program: stop it or choose another as in `PORT=8001 make run`."
        ) from problem
    if problem.errno == errno.EACCES:
        raise ImproperlyConfigured(
            f"port {port} may only be opened by the administrator: choose one from 1024 on."
        )
