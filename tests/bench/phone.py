"""Bar: a resident's pages on a phone, as Lighthouse sees them: 100 in each category, largest paint in 1 s.

Lighthouse's own phone (412 px, a fourth of this machine's speed, 1.6 Mbit/s, answers after 150 ms), over TLS
and HTTP/2 as behind the proxy; BENCH_PHONE_PLAIN=1: over plain HTTP/1.1, as on the machine where it is
developed. It needs Node; the first run installs it from the lock file beside this one.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from django.urls import reverse

from accounts.display import simple_cookie
from accounts.models import User
from links.models import Link
from tests.bench.home_page import prepare, signed_in
from tests.bench.server import granian, granian_with_tls
from tests.browser import QUIET, launch_arguments

HERE = Path(__file__).parent / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices")
PAINT_BAR, SCORE_BAR = 1.0, 100
LOOKS = 3
PLAIN = bool(os.environ.get("BENCH_PHONE_PLAIN"))
PAINT, SHIFT, BLOCKED, WEIGHT, ASKED = (
    "largest-contentful-paint",
    "cumulative-layout-shift",
    "total-blocking-time",
    "total-byte-weight",
    "network-requests",
)


class Seen(NamedTuple):
    """One page: its scores of 100, seconds to its largest paint, shift, seconds blocked, bytes, requests."""

    scores: dict[str, int]
    paint: float
    shift: float
    blocked: float
    weight: int
    requests: int

    @property
    def met(self) -> bool:
        """Whether the page keeps the bars."""
        return self.paint <= PAINT_BAR and min(self.scores.values()) >= SCORE_BAR


def run() -> bool:
    """Print what Lighthouse found on each page; whether every bar is met."""
    if not (shutil.which("node") and shutil.which("npm")):
        print("phone       not measured: Lighthouse needs Node")
        return True
    install()
    user = prepare()
    with served_as_in_production() as address:
        found = {name: seen(address + path, looking(user, simple)) for name, path, simple in pages(user)}
    print(f"{'page':24}{'scores':>14}  largest paint   shift  blocked    bytes  requests")
    for name, page in found.items():
        scores = "/".join(str(page.scores[category]) for category in CATEGORIES)
        print(
            f"{name:24}{scores:>14}  {page.paint:11.2f} s  {page.shift:6.3f}  {page.blocked:5.2f} s"
            f"  {page.weight:7,}  {page.requests:8}"
        )
    print(f"(bar: {SCORE_BAR} for {', '.join(CATEGORIES)}; the largest paint within {PAINT_BAR:.1f} s)")
    return all(page.met for page in found.values())


def pages(user: User) -> Iterator[tuple[str, str, bool]]:
    """Name, path, and whether in the simple version, of what a resident opens most."""
    link = Link.objects.filter(resident__bindings__user=user).first()
    assert link
    yield "home", "/", False
    yield "home, simple", "/", True
    yield "record", link.get_absolute_url(), False
    yield "record, simple", link.get_absolute_url(), True
    yield "notices", reverse("portal:inbox"), False
    yield "certificate", reverse("certificates:start", args=[link.resident.public_id]), False


def looking(user: User, simple: bool) -> str:
    """The cookies of the user's browser, in the version that they chose."""
    return f"{signed_in(user)}; {simple_cookie()}={int(simple)}"


def install() -> None:
    """The packages of the lock file, once."""
    if not (HERE / "node_modules" / "lighthouse").is_dir():
        npm = ["npm", "ci", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"]
        environment = os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"}
        subprocess.run(npm, cwd=HERE, check=True, timeout=300, env=environment)


@contextmanager
def served_as_in_production() -> Iterator[str]:
    """The address of the service with its style and script packed and named by their content."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings"}
    packed = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(packed, check=True, env=environment)
    with (granian if PLAIN else granian_with_tls)(environment) as address:
        yield address


def seen(url: str, cookie: str) -> Seen:
    """Of several looks at the page the one in the middle, after one that warms the server."""
    looks = [look(url, cookie) for _ in range(1 + LOOKS)][1:]
    return sorted(looks, key=attrgetter("paint"))[LOOKS // 2]


def look(url: str, cookie: str) -> Seen:
    """What Lighthouse found on the page once."""
    with tempfile.NamedTemporaryFile("w+", suffix=".json") as headers:
        json.dump({"Cookie": cookie}, headers)
        headers.flush()
        flags = " ".join(["--headless=new", "--ignore-certificate-errors", *QUIET])
        command = [
            *(str(HERE / "node_modules" / ".bin" / "lighthouse"), url, "--output=json", "--quiet"),
            *(f"--only-categories={','.join(CATEGORIES)}", f"--extra-headers={headers.name}"),
            f"--chrome-flags={flags}",
        ]
        chrome = launch_arguments().get("executable_path", "")
        environment = os.environ | ({"CHROME_PATH": chrome} if chrome else {})
        said = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    return read(json.loads(said))


def read(report: dict[str, Any]) -> Seen:
    """The figures of Lighthouse's report; SystemExit where the page could not be judged."""
    if "runtimeError" in report:
        raise SystemExit(report["runtimeError"]["message"])
    audits = report["audits"]
    return Seen(
        scores={name: round(each["score"] * 100) for name, each in report["categories"].items()},
        paint=audits[PAINT]["numericValue"] / 1000,
        shift=audits[SHIFT]["numericValue"],
        blocked=audits[BLOCKED]["numericValue"] / 1000,
        weight=int(audits[WEIGHT]["numericValue"]),
        requests=len(audits[ASKED]["details"]["items"]),
    )
