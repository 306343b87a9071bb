"""Makes sure that the journeys have a Chromium; says a line only where it has to install one."""

import os
import shutil
import subprocess
import sys

from tests.browser import launch_arguments

DEBIAN = ["chromium", "fonts-noto-cjk"]


def main() -> None:
    """The system's Chromium; else Debian's for an administrator; else Playwright's own."""
    if "executable_path" in launch_arguments():
        return
    print("Installing Chromium for the journeys", flush=True)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIAN)
    else:
        run(sys.executable, "-m", "playwright", "install", "chromium")


def run(*command: str) -> None:
    """Run it, showing what it says only where it fails; SystemExit with its code then."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    result = subprocess.run(command, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode:
        sys.exit(f"{result.stdout}\nChromium could not be installed: {' '.join(command)} failed.")


if __name__ == "__main__":
    main()
