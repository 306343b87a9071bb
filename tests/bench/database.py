"""A PostgreSQL database of the benchmark's own, made anew and dropped afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

SERVER = os.environ.get("BENCH_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
NAME = f"portal_bench_{os.getpid()}"  # two at once must not drop each other's


@contextmanager
def own_database(which: str = "", *, like: str = "template1") -> Iterator[str]:
    """The URL of a new database, empty or like another; SystemExit with a sentence without a server."""
    name = NAME + which
    try:
        server = psycopg.connect(SERVER, autocommit=True)
    except psycopg.OperationalError as problem:
        raise SystemExit(f"The benchmark needs PostgreSQL (BENCH_DATABASE_URL): {problem}") from problem
    with server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        yield SERVER.rpartition("/")[0] + f"/{name}"
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
