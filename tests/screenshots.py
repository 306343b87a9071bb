"""Writes every page at 360 and 1280 px, standard and simple, into screenshots/: `make screenshots`."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from portal.keys import fresh_secrets
from tests.bench.server import granian
from tests.browser import launch_arguments

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "screenshots"
SIZES = {"360": (360, 740), "1280": (1280, 900)}
WITHHELD = ".status-withheld"

# name of the picture: who looks, and the clicks from their start page (a path, or a selector to click)
PAGES: dict[str, tuple[str, list[str]]] = {
    "sign-in": ("", ["/account/login/"]),
    "figures": ("", ["/figures/"]),
    "check": ("", ["/certificates/check/"]),
    "home-in-order": ("all-in-order", ["/"]),
    "home-needs": ("child-account", ["/"]),
    "people": ("child-account", ["/people/"]),
    "list": ("elderly", ["/people/", "a[href^='/people/']"]),
    "record": ("all-in-order", ["/people/", "a[href^='/people/']", "a[href^='/records/']"]),
    "record-withheld": ("child-account", ["/people/", ".status-attention >> xpath=ancestor::li >> a", f"li:has({WITHHELD}) a"]),
    "question": ("child-account", ["/people/", ".status-attention >> xpath=ancestor::li >> a", f"li:has({WITHHELD}) a", "a.danger"]),
    "reports": ("child-account", ["/reports/"]),
    "inbox": ("child-account", ["/notices/"]),
    "certificate-start": ("foreign-without-card", ["/", "a[href^='/certificates/']"]),
    "desk-queue": ("support", ["/desk/"]),
    "certificate-queue": ("support", ["/certificates/staff/"]),
}


@contextmanager
def sample_server() -> Iterator[tuple[str, dict[str, str]]]:
    """A server with the sample loaded into a folder that goes away; its address and passwords by email's name."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= fresh_secrets() | {"VAR_DIR": folder, "READ_DOT_ENV": "0", "DEBUG": "1"}
        for command in ("migrate", "createcachetable", "compile_catalogues", "load_sample"):
            subprocess.run([sys.executable, "manage.py", command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        people = json.loads((Path(folder) / "sign-ins.json").read_text(encoding="utf-8"))
        with granian() as address:
            yield address.replace("127.0.0.1", "localhost"), {
                person["email"].partition("@")[0]: person["password"] for person in people
            }


def sign_in(page: Page, address: str, who: str, password: str) -> None:
    """Sign in by password, as a person would."""
    page.goto(f"{address}/account/login/")
    page.locator("details:has(input[name=password]) summary").click()
    page.fill("input[name=login]", f"{who}@example.jp")
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()


def take(browser: Browser, address: str, passwords: dict[str, str], *, size: str, simple: bool) -> None:
    """Every page at one size in one version."""
    width, height = SIZES[size]
    for who in dict.fromkeys(who for who, _clicks in PAGES.values()):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP")
        context.add_cookies([{"name": "simple", "value": str(int(simple)), "url": address}])
        page = context.new_page()
        if who:
            sign_in(page, address, who, passwords[who])
        for name in (name for name, (whose, _clicks) in PAGES.items() if whose == who):
            visit(page, address, PAGES[name][1])
            page.screenshot(path=OUT / f"{name}-{size}{'-simple' if simple else ''}.png", full_page=True)
        context.close()


def visit(page: Page, address: str, clicks: list[str]) -> None:
    """Follow the clicks to a page."""
    for click in clicks:
        if click.startswith("/"):
            page.goto(address + click)
        else:
            page.locator(f"main {click}").first.click()
            page.wait_for_load_state()


def main() -> None:
    """Write all pictures and say where."""
    OUT.mkdir(exist_ok=True)
    with sample_server() as (address, passwords), sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        for size in SIZES:
            for simple in (False, True):
                take(browser, address, passwords, size=size, simple=simple)
        browser.close()
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT.name}/")


if __name__ == "__main__":
    main()
