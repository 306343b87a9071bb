"""Runs a whole installation until Ctrl-C: `python -m deploy.plain [--sample]`. Needs Debian's postgresql,
rabbitmq-server, redis-server, pgbouncer and nginx-light."""

import sys
import tempfile
import threading
from pathlib import Path

from deploy.plain.installation import installed
from portal.processes import endings_interrupt


def main() -> None:
    """Start it, say where it is, wait for the end."""
    with tempfile.TemporaryDirectory(prefix="portal-") as folder, endings_interrupt():
        try:
            with installed(Path(folder)) as installation:
                if "--sample" in sys.argv[1:]:
                    print(installation.manage("load_sample"), end="")
                print(f"{installation.url} runs, with its logs in {folder} (Ctrl-C stops it)", flush=True)
                threading.Event().wait()
        except KeyboardInterrupt:
            print("stopped")


if __name__ == "__main__":
    main()
