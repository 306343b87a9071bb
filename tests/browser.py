"""Chromium as the tests and the screenshots start it."""

import shutil
from typing import Any

QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]


def launch_arguments() -> dict[str, Any]:
    """Arguments of Playwright's launch: the system's Chromium where there is one, else Playwright's own."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return {"args": QUIET} | ({"executable_path": found} if found else {})
