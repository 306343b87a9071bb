"""The installation: two web processes behind a proxy, workers for each queue, beat, and their servers."""

import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.plain import servers
from deploy.plain.server import ROOT, Server, free_port
from portal.keys import fresh_secrets

NAME = "portal"
RUN = str(ROOT / "deploy/run")
GENEROUS = 100_000  # requests a second from one address: all who try come from this one
Between = Callable[[int], int]
Doors = tuple[int, int]


class Failed(Exception):
    """A command of the service failed; the text is what it said."""


@dataclass
class Installation:
    """Its programs by name, and where it answers."""

    folder: Path
    programs: dict[str, Server]
    url: str
    environment: dict[str, str]
    direct: dict[str, str]

    def manage(self, *arguments: str, most: float = 300, **changed: str) -> str:
        """What a command of the service says; Failed where it fails."""
        command = [sys.executable, "manage.py", *arguments]
        whole = self.environment | self.direct | changed
        ended = subprocess.run(command, cwd=ROOT, env=whole, capture_output=True, text=True, timeout=most)
        if ended.returncode:
            raise Failed(f"{arguments[0]} failed: {ended.stderr[-2000:]}")
        return ended.stdout

    def psql(self, database: str, statements: bytes) -> bytes:
        """What PostgreSQL answers to statements, past the pooler; CalledProcessError where it refuses one."""
        where = [
            "-h",
            "127.0.0.1",
            "-p",
            str(self.programs["postgresql"].port),
            "-U",
            "postgres",
            "-d",
            database,
        ]
        command = [servers.newest("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", *where]
        return subprocess.run(command, input=statements, check=True, capture_output=True).stdout

    def start(self, *names: str) -> None:
        """Start these, or all, and wait until all are ready."""
        chosen = [self.programs[name] for name in names or self.programs]
        for program in chosen:
            program.start()
        for program in chosen:
            program.wait()

    def end(self) -> None:
        """End everything at once: whatever it kept lies in a folder that goes too."""
        for program in reversed(self.programs.values()):
            program.kill()


@contextmanager
def installed(
    folder: Path,
    *,
    schema: bytes = b"",
    rate: int = GENEROUS,
    between: Between = int,
    doors: Doors | None = None,
    **environment: str,
) -> Iterator[Installation]:
    """A prepared installation that runs; it ends, and nothing of it runs on, however the block is left.

    `schema` is what pg_dump wrote of a migrated database, which saves most of the time to prepare one.
    `between` says for a server's port by which port our processes reach it. `doors` are the ports of the
    proxy, https and http; free ones without them.
    """
    folder.chmod(0o755)  # PostgreSQL's user passes through
    installation = laid_out(folder, rate=rate, between=between, doors=doors, **environment)
    try:
        installation.start("postgresql", "rabbitmq", "redis")
        installation.psql("postgres", f"CREATE DATABASE {NAME}".encode())
        if schema:
            installation.psql(NAME, schema)
        installation.start("pgbouncer")
        subprocess.run([RUN, "prepare"], env=installation.environment | installation.direct, check=True)
        rest = [name for name, program in installation.programs.items() if program.process is None]
        installation.start(*rest)
        yield installation
    finally:
        installation.end()


def laid_out(
    folder: Path, *, rate: int, between: Between, doors: Doors | None, **environment: str
) -> Installation:
    """Every program with its configuration; nothing runs yet."""
    database, broker, cache = servers.database(folder), servers.broker(folder), servers.cache(folder)
    pooler = servers.pooler(folder, database=database, name=NAME)
    port, plain = doors or (free_port(), free_port())
    url = f"https://localhost:{port}".removesuffix(":443")
    ours = {
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        "HOME": str(folder),
        "READ_DOT_ENV": "0",
        **fresh_secrets(),
        "BASE_URL": url,
        "ALLOWED_HOSTS": "localhost",
        "VAR_DIR": str(folder / "var"),
        "STATIC_DIR": str(folder / "static"),
        "DATABASE_URL": f"postgres://postgres@127.0.0.1:{between(pooler.port)}/{NAME}",
        "DATABASE_POOLED": "1",
        "BROKER_URL": f"amqp://guest:guest@127.0.0.1:{between(broker.port)}//",
        "CACHE_URL": f"rediscache://127.0.0.1:{between(cache.port)}/0",
        "EMAIL_URL": "filemail://",
        "DEFAULT_FROM_EMAIL": "notice@portal.example",
        "SUPPORT_PHONE": "0120-111-111",
        "METRICS_TOKEN": secrets.token_urlsafe(24),
        "PYTHONWARNINGS": "ignore:::celery.platforms",
    } | environment
    direct = {
        "DATABASE_URL": f"postgres://postgres@127.0.0.1:{between(database.port)}/{NAME}",
        "DATABASE_POOLED": "0",
    }
    webs = [web(folder, f"web{place}", ours) for place in (1, 2)]
    workers = [
        worker(folder, "notices,bulk", ours),
        worker(folder, "records", ours | direct),
        worker(folder, "celery,papers", ours | direct),
    ]
    beat = Server("beat", [RUN, "beat"], folder, ours)
    proxy = servers.proxy(folder, webs=webs, port=port, plain=plain, rate=rate)
    everything = [database, broker, cache, pooler, *workers, beat, *webs, proxy]
    by_name = {program.name: program for program in everything}
    return Installation(folder, by_name, url, ours, direct)


def web(folder: Path, name: str, environment: dict[str, str]) -> Server:
    """One web process behind the proxy."""
    port = free_port()
    return Server(name, [RUN, "web"], folder, environment | {"PORT": str(port), "PROCESSES": "1"}, port=port)


def worker(folder: Path, queues: str, environment: dict[str, str]) -> Server:
    """A worker for these queues."""
    name = "worker-" + queues.replace(",", "-")
    return Server(name, [RUN, "worker", queues], folder, environment | {"PROCESSES": "1"})
