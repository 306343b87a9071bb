"""The databases that the environment names, and how long a statement may keep others waiting."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.environment import env, parsed, whole_number

Database = dict[str, Any]
REPLICA = "replica"
A_SECOND = 1000  # PostgreSQL counts in milliseconds
# IMMEDIATE and WAL: writers wait for each other instead of failing with "database is locked"
EMBEDDED = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}

from_replica: ContextVar[bool] = ContextVar("from_replica", default=False)


def databases(var_dir: Path) -> dict[str, Database]:
    """The database, and the copy of it from which alone some pages read, if there is one."""
    found = {"default": opened("DATABASE_URL", f"sqlite:///{var_dir / 'portal.sqlite3'}")}
    if env.str("REPLICA_URL", ""):
        found[REPLICA] = opened("REPLICA_URL", "") | {"TEST": {"MIRROR": "default"}}
    return found


def opened(name: str, default: str) -> Database:
    """One database: its connections stay open, and are tried before they are used again."""
    database: Database = parsed(name, default, "db_url")
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = EMBEDDED
    elif database["ENGINE"].endswith("postgresql"):
        database["OPTIONS"] = {**database.get("OPTIONS", {}), **postgresql_options()}
    # a pooler hands each transaction another connection: no cursor outlives one
    pooled = {"DISABLE_SERVER_SIDE_CURSORS": env.bool("DATABASE_POOLED", False)}
    return database | pooled | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}


def postgresql_options() -> Database:
    """Limits of every connection of this process; a pooler takes none, and sets them itself."""
    # a server that vanished says nothing: who hears nothing for so long asks another connection
    waiting = {
        "connect_timeout": whole_number("CONNECT_SECONDS", 5),
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20 * A_SECOND,
    }
    if env.bool("DATABASE_POOLED", False):
        return waiting
    limits = {
        "statement_timeout": whole_number("STATEMENT_SECONDS", 0),
        "lock_timeout": whole_number("LOCK_SECONDS", 0),
        "idle_in_transaction_session_timeout": whole_number("IDLE_SECONDS", 600),
    }
    said = " ".join(f"-c {name}={seconds * A_SECOND}" for name, seconds in limits.items())
    return waiting | {"options": said}


@contextmanager
def reading_from_replica() -> Iterator[None]:
    """What is read meanwhile comes from the copy, which may be seconds behind."""
    token = from_replica.set(True)
    try:
        yield
    finally:
        from_replica.reset(token)


class Router:
    """Everything goes to the one database, except what is said to be read from its copy."""

    def db_for_read(self, model: object, **hints: object) -> str:
        """The copy where it is asked for and there is one."""
        return REPLICA if from_replica.get() and REPLICA in settings.DATABASES else "default"

    def db_for_write(self, model: object, **hints: object) -> str:
        """Nothing is written into a copy."""
        return "default"

    def allow_relation(self, *_objects: object, **hints: object) -> bool:
        """Rows of both are the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """The copy follows by itself."""
        return db != REPLICA
