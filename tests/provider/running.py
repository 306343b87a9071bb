"""Starts the provider, and stands in its way where a test wants its answers doctored."""

import contextlib
import http.server
import json
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from joserfc.jwk import ECKey

HERE = Path(__file__).parent
CLIENT_ID = "tsunagari"
TIMEOUT = 30
Doctor = Callable[[dict[str, Any]], Any]
RESIDENTS = {
    "hanako": {
        "name": "見本　花子",
        "birthdate": "1985-04-02",
        "gender": "female",
        "address": {"formatted": "埼玉県さいたま市浦和区高砂３丁目１５番４号"},
    },
    "taro": {
        "name": "他所　太郎",
        "birthdate": "1970-11-30",
        "gender": "male",
        "address": {"formatted": "東京都千代田区千代田１番１号"},
    },
    "weak": {
        "name": "見本　花子",
        "birthdate": "1985-04-02",
        "gender": "female",
        "address": {"formatted": "埼玉県さいたま市浦和区高砂３丁目１５番４号"},
        "acr": "aal2",
    },
}


@dataclass
class Running:
    """The provider: its address, both keys, and what doctors its answers, by the end of their path."""

    issuer: str
    signing: ECKey
    client: ECKey
    doctors: dict[str, Doctor] = field(default_factory=dict)

    def settings(self) -> dict[str, Any]:
        """What the portal is told of it."""
        return {
            "OIDC_ISSUER": self.issuer,
            "OIDC_CLIENT_ID": CLIENT_ID,
            "OIDC_CLIENT_KEY": json.dumps(self.client.as_dict(private=True), separators=(",", ":")),
            "OIDC_ACR": ["aal3"],
            "OIDC_WITHOUT_TLS": True,
        }


def fresh_key(kid: str) -> ECKey:
    """A P-256 key of this name."""
    return ECKey.generate_key("P-256", parameters={"kid": kid, "alg": "ES256", "use": "sig"})


def free_port() -> int:
    """A port at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def install() -> None:
    """The packages of the lock file, once."""
    if not (HERE / "node_modules" / "oidc-provider").is_dir():
        npm = ["npm", "ci", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"]
        subprocess.run(npm, cwd=HERE, check=True, timeout=300)


def can_run() -> bool:
    """Whether this machine has what it takes."""
    return bool(shutil.which("node") and shutil.which("npm"))


@contextlib.contextmanager
def provider(
    *, back: str, port: int | None = None, doctored: bool = False, residents: dict[str, Any] | None = None
) -> Iterator[Running]:
    """The provider as a process of its own, until the end; `doctored` puts a proxy before it."""
    install()
    inner = port or free_port()
    outer = free_port() if doctored else inner
    running = Running(f"http://localhost:{outer}", fresh_key("signing"), fresh_key("client"))
    environment = {
        "PATH": os.environ["PATH"],
        "PORT": str(inner),
        "ISSUER": running.issuer,
        "CLIENT_ID": CLIENT_ID,
        "CLIENT_JWK": json.dumps(running.client.as_dict(private=False)),
        "SIGNING_JWK": json.dumps(running.signing.as_dict(private=True)),
        "BACK": back,
        "RESIDENTS": json.dumps(residents or RESIDENTS),
        "NODE_NO_WARNINGS": "1",
    }
    with contextlib.ExitStack() as stack:
        process = stack.enter_context(
            subprocess.Popen(["node", "server.mjs"], cwd=HERE, env=environment, stdout=subprocess.PIPE)
        )
        stack.callback(process.kill)
        while b"ready" not in (line := process.stdout.readline()):
            assert line, "the provider did not start"
        if doctored:
            stack.enter_context(proxy(outer, inner, running.doctors))
        yield running


@contextlib.contextmanager
def proxy(outer: int, inner: int, doctors: dict[str, Doctor]) -> Iterator[None]:
    """Passes everything through, and has JSON answers doctored whose path ends as a doctor's name."""

    class Between(http.server.BaseHTTPRequestHandler):
        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = requests.request(
                self.command,
                f"http://127.0.0.1:{inner}{self.path}",
                headers=dict(self.headers),
                data=body,
                allow_redirects=False,
                timeout=TIMEOUT,
            )
            content = answer.content
            doctor = next((d for end, d in doctors.items() if urlsplit(self.path).path.endswith(end)), None)
            if doctor:
                content = json.dumps(doctor(answer.json())).encode()
            self.send_response(answer.status_code)
            for name in ("Content-Type", "Location"):
                if name in answer.headers:
                    self.send_header(name, answer.headers[name])
            for cookie in answer.raw.headers.getlist("Set-Cookie"):
                self.send_header("Set-Cookie", cookie)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = pass_on

        def log_message(self, *_about: object) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", outer), Between)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer_for(question: str, who: str) -> dict[str, str]:
    """What the provider sends back with the browser after somebody chose who they are."""
    with requests.Session() as browser:
        step = browser.get(question, allow_redirects=False, timeout=TIMEOUT)
        for _each in range(5):
            place = requests.compat.urljoin(step.url, step.headers.get("Location", ""))
            if "/choose/" in place:
                step = browser.post(f"{place}/{who}", allow_redirects=False, timeout=TIMEOUT)
            elif "/account/card/back/" in place:
                return {name: values[0] for name, values in parse_qs(urlsplit(place).query).items()}
            else:
                step = browser.get(place, allow_redirects=False, timeout=TIMEOUT)
    raise AssertionError(f"{step.status_code}: {step.text[:500]}")
