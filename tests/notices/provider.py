"""A provider over HTTP that answers as it is told to: well, slowly, wrongly, twice, or not at all."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Provider:
    """What it answers, what it was asked, and where it stands."""

    status: int = 200
    body: bytes = b'{"id": "P-1"}'
    headers: dict[str, str] = field(default_factory=dict)
    manner: str = "answers"  # or "hangs up", "drips", "stays silent"
    asked: list[Asked] = field(default_factory=list)
    url: str = ""
    over: threading.Event = field(default_factory=threading.Event)


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers one request in the provider's manner."""

    def do_POST(self) -> None:
        provider: Provider = self.server.provider
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        provider.asked.append(Asked(self.path, dict(self.headers), body))
        getattr(self, provider.manner.replace(" ", "_"))(provider)

    def answers(self, provider: Provider) -> None:
        self.send_response(provider.status)
        for name, value in (provider.headers | {"Content-Length": str(len(provider.body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(provider.body)

    def hangs_up(self, provider: Provider) -> None:
        self.close_connection = True

    def stays_silent(self, provider: Provider) -> None:
        provider.over.wait(5)
        self.close_connection = True

    def drips(self, provider: Provider) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "10000")
        self.end_headers()
        while not provider.over.wait(0.02):
            try:
                self.wfile.write(b" ")
            except OSError:
                return

    def log_message(self, *arguments: object) -> None:
        """Nothing: the test says what matters."""


@contextmanager
def running() -> Iterator[Provider]:
    """A provider on a free port."""
    provider = Provider()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.provider = provider
        provider.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield provider
        provider.over.set()
        server.shutdown()
        thread.join()
