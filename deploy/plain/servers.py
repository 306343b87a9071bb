"""The servers that are not ours: PostgreSQL, PgBouncer, RabbitMQ, Redis, nginx, each on a port of its own."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from deploy.plain.server import ROOT, Server, free_port, owned_by

# both refuse to be run by root
DATABASE_USER = "postgres" if os.geteuid() == 0 else None
POOLER_USER = DATABASE_USER
PLACE = re.compile(r"\$\{([A-Z_]+)\}")
MOST_CONNECTIONS = 5000  # from one address: all who try come from this one
BROKER = "/usr/lib/rabbitmq/bin/rabbitmq-server"


def filled(template: Path, values: Mapping[str, str]) -> str:
    """A configuration with the values in their places; KeyError where one is missing."""
    lines = (line for line in template.read_text().splitlines() if not line.lstrip().startswith(("#", ";")))
    return PLACE.sub(lambda found: values[found[1]], "\n".join(lines)) + "\n"


def newest(program: str) -> str:
    """The program of the newest PostgreSQL that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[4]))
    return str(found[-1]) if found else program


def database(folder: Path) -> Server:
    """An empty PostgreSQL with its write-ahead log archived, to recover any moment from it."""
    port, place = free_port(), owned_by(folder / "postgresql", DATABASE_USER)
    who = {"user": DATABASE_USER, "group": DATABASE_USER} if DATABASE_USER else {}
    making = [newest("initdb"), "-D", str(place / "data"), "-U", "postgres", "-A", "trust", "-N"]
    subprocess.run(
        [*making, "-E", "UTF8", "--locale", "C.UTF-8"], check=True, stdout=subprocess.DEVNULL, **who
    )
    archive = owned_by(place / "archive", DATABASE_USER)
    options = {
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": str(place),
        "wal_level": "replica",
        "archive_mode": "on",
        "archive_command": f"test ! -f {archive}/%f && cp %p {archive}/%f",
    }
    said = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    command = [newest("postgres"), "-D", str(place / "data"), *said]
    # SIGINT ends sessions at once, SIGTERM would wait for those that a pool keeps open
    return Server("postgresql", command, folder, port=port, user=DATABASE_USER, ending=signal.SIGINT)


def pooler(folder: Path, *, database: Server, name: str) -> Server:
    """PgBouncer in transaction mode before that database."""
    port, place = free_port(), owned_by(folder / "pgbouncer", POOLER_USER)
    values = {
        "POOLER_DATABASE": name,
        "POOLER_SERVER": f"host=127.0.0.1 port={database.port} dbname={name}",
        "POOLER_PORT": str(port),
        "POOLER_FOLDER": str(place),
        "POOLER_AUTH": "trust",
        "POOLER_SIZE": "8",
    }
    (place / "users.txt").write_text('"postgres" ""\n')
    (place / "pgbouncer.ini").write_text(filled(ROOT / "deploy/pooler/pgbouncer.ini.template", values))
    for path in place.iterdir():
        path.chmod(0o644)
    command = ["pgbouncer", str(place / "pgbouncer.ini")]
    return Server("pgbouncer", command, folder, port=port, user=POOLER_USER)


def broker(folder: Path) -> Server:
    """RabbitMQ under a name of its own, which keeps what was not delivered."""
    port, place = free_port(), owned_by(folder / "rabbitmq", None)
    (place / "rabbitmq.conf").write_text(f"listeners.tcp.local = 127.0.0.1:{port}\n")
    environment = {
        "HOME": str(place),
        "RABBITMQ_NODENAME": f"portal{port}@localhost",
        "RABBITMQ_CONFIG_FILE": str(place / "rabbitmq.conf"),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_MNESIA_BASE": str(place / "data"),
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(place / "plugins"),
        "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "ERL_CRASH_DUMP_SECONDS": "0",
    }
    return Server("rabbitmq", [BROKER], folder, environment, port=port)


def cache(folder: Path) -> Server:
    """Redis as a cache: what it forgets is counted anew, nothing is lost."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    return Server(
        "redis", [*command, "--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru"], folder, port=port
    )


def self_signed(place: Path) -> tuple[Path, Path]:
    """A certificate for this machine that nobody vouches for, and its key."""
    certificate, key = place / "certificate.pem", place / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    files = ["-keyout", str(key), "-out", str(certificate), "-days", "30"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run([*made, *files, *names], check=True, capture_output=True)
    return certificate, key


def proxy(folder: Path, *, webs: list[Server], port: int, plain: int, rate: int) -> Server:
    """nginx with a certificate that nobody vouches for."""
    place = owned_by(folder / "nginx", None)
    self_signed(place)
    values = {
        "PROXY_SERVERS": " ".join(
            f"server 127.0.0.1:{web.port} max_fails=3 fail_timeout=2s;" for web in webs
        ),
        "PROXY_HTTPS_PORT": f"127.0.0.1:{port}",
        "PROXY_HTTP_PORT": f"127.0.0.1:{plain}",
        "PROXY_CERTIFICATES": str(place),
        "PROXY_FOLDER": str(place),
        "PROXY_PAGES": str(ROOT / "deploy/proxy"),
        "PROXY_RATE": str(rate),
        "PROXY_CONNECTIONS": str(MOST_CONNECTIONS),
    }
    conf = place / "nginx.conf"
    conf.write_text(filled(ROOT / "deploy/proxy/nginx.conf.template", values))
    run_as = "user root; " if os.geteuid() == 0 else ""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    command = [program, "-c", str(conf), "-e", "stderr", "-g", f"{run_as}daemon off;"]
    return Server("nginx", command, folder, port=port)
