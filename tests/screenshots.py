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
PREPARE = (
    ("migrate",),
    ("createcachetable",),
    ("compile_catalogues",),
    ("load_sample",),
    ("shell", "-c", "from tests.pictured import furnish; furnish()"),
)
# name of the picture: who looks, and at which address
Pages = dict[str, tuple[str, str]]


@contextmanager
def sample_server() -> Iterator[tuple[str, dict[str, str], Pages]]:
    """A server with the sample in a folder that goes away; its address, passwords by email's name, pages."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= fresh_secrets() | {"VAR_DIR": folder, "READ_DOT_ENV": "0", "DEBUG": "1"}
        for command in PREPARE:
            subprocess.run(
                [sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
            )
        people = json.loads((Path(folder) / "sign-ins.json").read_text(encoding="utf-8"))
        pages = json.loads((Path(folder) / "pages.json").read_text(encoding="utf-8"))
        passwords = {person["email"].partition("@")[0]: person["password"] for person in people}
        with granian() as address:
            yield address.replace("127.0.0.1", "localhost"), passwords, pages


def sign_in(page: Page, address: str, who: str, password: str) -> None:
    """Sign in by password, as a person would."""
    page.goto(f"{address}/account/login/")
    page.locator("details:has(input[name=password]) summary").click()
    page.fill("input[name=login]", f"{who}@example.jp")
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()


def take(
    browser: Browser, address: str, passwords: dict[str, str], pages: Pages, *, size: str, simple: bool
) -> None:
    """Every page at one size in one version."""
    width, height = SIZES[size]
    for who in dict.fromkeys(who for who, _path in pages.values()):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP")
        context.add_cookies([{"name": "simple", "value": str(int(simple)), "url": address}])
        page = context.new_page()
        if who:
            sign_in(page, address, who, passwords[who])
        for name, path in ((name, path) for name, (whose, path) in pages.items() if whose == who):
            page.goto(address + path)
            assert page.url == address + path, f"{name}: {path} led to {page.url}"
            page.screenshot(path=OUT / f"{name}-{size}{'-simple' if simple else ''}.png", full_page=True)
        context.close()


def main() -> None:
    """Write all pictures and say where."""
    OUT.mkdir(exist_ok=True)
    for old in OUT.glob("*.png"):
        old.unlink()
    with sample_server() as (address, passwords, pages), sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        for size in SIZES:
            for simple in (False, True):
                take(browser, address, passwords, pages, size=size, simple=simple)
        browser.close()
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT.name}/")


if __name__ == "__main__":
    main()
