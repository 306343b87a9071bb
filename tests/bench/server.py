"""A real server under a real load tool."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deploy.plain.servers import self_signed

SECONDS = int(os.environ.get("BENCH_SECONDS", "2"))
CONNECTIONS = 8


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def granian(environment: Mapping[str, str] = os.environ, *, tls: list[str] | None = None) -> Iterator[str]:
    """The address of the service under granian with two workers, as in production; SystemExit without wrk."""
    if not shutil.which("wrk"):
        raise SystemExit("The benchmark needs wrk (apt-get install wrk).")
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "2", "--blocking-threads", "1", "--no-access-log", "--log-level", "error"),
        *(tls or []),
        "portal.wsgi:application",
    ]
    process = subprocess.Popen(command, env=environment)
    try:
        wait_for(port)
        yield f"{'https' if tls else 'http'}://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


@contextmanager
def granian_with_tls(environment: Mapping[str, str] = os.environ) -> Iterator[str]:
    """The same over TLS and HTTP/2, as behind the proxy; nobody vouches for its certificate."""
    with tempfile.TemporaryDirectory() as folder:
        certificate, key = self_signed(Path(folder))
        files = ["--ssl-certificate", str(certificate), "--ssl-keyfile", str(key)]
        with granian(environment, tls=files) as address:
            yield address


def wait_for(port: int, *, seconds: float = 60) -> None:
    """Return once somebody listens on the port; TimeoutError otherwise."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise TimeoutError(f"nobody listens on port {port}")


def requests_per_second(url: str, cookie: str) -> float:
    """What wrk measures from one thread; SystemExit where an answer was not 200."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", f"Cookie: {cookie}", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise SystemExit(f"{url} did not answer with 200: {said}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found, said
    return float(found.group(1))
