"""The web server and everybody before it agree where a request ends, or it is refused."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.scratch.portal import ROOT, wait_until

pytestmark = pytest.mark.process

POST = b"POST /first HTTP/1.1\r\nHost: portal.example\r\nConnection: close\r\n"
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: portal.example\r\n\r\n"
CHUNKED = b"%x\r\n" % len(HIDDEN) + HIDDEN + b"\r\n0\r\n\r\n"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where granian listens, as we run it, with a service that says what it understood."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "tests.scratch.echo:application", "--interface", "wsgi"]
        + ["--host", "127.0.0.1", "--port", str(free), "--no-log"],
        cwd=ROOT,
    )
    wait_until(lambda: listens(free), within=60, what="the web server")
    yield free
    server.terminate()
    server.wait(timeout=30)


def listens(port: int) -> bool:
    """Whether somebody takes connections there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers(port: int, sent: bytes) -> tuple[list[int], list[str]]:
    """Statuses and what was understood, of all that comes back on one connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(sent)
        told = b"".join(iter(lambda: line.recv(65_536), b"")).decode()
    return [int(status) for status in re.findall(r"HTTP/1\.1 (\d+)", told)], re.findall(
        r"understood (.*)\n", told
    )


def test_a_length_beside_chunks_counts_for_nothing_and_nothing_is_read_behind_them(port) -> None:
    both = POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN

    assert answers(port, both) == ([200], ["POST /first 0"])


def test_what_lies_in_a_chunk_is_no_request_of_its_own(port) -> None:
    both = POST + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n" + CHUNKED

    assert answers(port, both) == ([200], [f"POST /first {len(HIDDEN)}"])


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
        b"Content-Length: +3\r\n\r\nabc",
        b"Content-Length: -3\r\n\r\nabc",
        b"Transfer-Encoding: xchunked\r\nContent-Length: 3\r\n\r\nabc",
        b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding : chunked\r\nContent-Length: 3\r\n\r\nabc",
        b"X-Folded: 1\r\n Content-Length: 3\r\n\r\nabc",
    ],
)
def test_a_border_that_can_be_read_in_two_ways_is_refused(port, head) -> None:
    statuses, understood = answers(port, POST + head)

    assert statuses == [400]
    assert not understood
