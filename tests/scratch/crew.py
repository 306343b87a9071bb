"""A crew of small programs, each with a child of its own, run until it is ended by a test."""

import sys

from rich.console import Console

from portal.processes import Crew, Ended, Program, run_together

SLEEPER = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(120)'])"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPER}"
TALKER = f"print('a line'); print(); print('a warning', file=__import__('sys').stderr); {SLEEPER}"
QUITTER = "import sys; sys.exit(3)"
PROGRAMS = {"sleeper": SLEEPER, "stubborn": STUBBORN, "talker": TALKER, "quitter": QUITTER}


def crew(names: list[str]) -> Crew:
    """A crew of these programs, which prints plain lines."""
    members = [Program(name, "cyan", (sys.executable, "-u", "-c", PROGRAMS[name])) for name in names]
    return Crew(members, console=Console(), environment={})


if __name__ == "__main__":
    try:
        run_together(crew(sys.argv[1:]), ready=lambda: True, announce=lambda: print("announced", flush=True))
    except Ended as problem:
        sys.exit(f"stopped: {problem}")
    print("stopped as asked")
