"""Runs the portal on this machine: web, worker and beat as one foreground process, ended by Ctrl-C."""

import contextlib
import http.client
import io
import json
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.table import Table

from accounts.models import Resident
from portal.preflight import check_database, check_surroundings, chosen_port
from portal.processes import Crew, Ended, Program, run_together

ENVIRONMENT = {
    "PYTHONUNBUFFERED": "1",
    # said to administrators of servers: this is a person who tries the portal, perhaps in a container
    "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
}
WEB = (
    "granian portal.wsgi:application --interface wsgi --host 127.0.0.1 --workers 2 --blocking-threads 1 "
    "--respawn-failed-workers --workers-kill-timeout 5 --log-level warning --no-access-log --port"
)
WORKER = (
    "celery --quiet -A portal worker --pool prefork --concurrency 2 --loglevel WARNING "
    "--without-gossip --without-mingle --without-heartbeat"
)
BEAT = "celery --quiet -A portal beat --loglevel WARNING"


class Command(BaseCommand):
    """Check first, then start, then say where."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to prepare the database first."""
        parser.add_argument("--prepare", action="store_true", help="migrate, and load the sample if empty")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until Ctrl-C; exit with 1 where one of the three ends by itself."""
        console = Console(highlight=False)
        port = chosen_port()
        check_surroundings(port)
        if options["prepare"]:
            prepare(console)
        check_database()
        crew = Crew(programs(port), console=console, environment=ENVIRONMENT)
        try:
            run_together(crew, ready=lambda: answers(port), announce=lambda: announce(console, port))
        except Ended as problem:
            sys.exit(f"The portal stopped: {problem}.")
        console.print("The portal stopped.")


def prepare(console: Console) -> None:
    """Bring the database up to date, and on the first start fill it with invented people."""
    console.print("Preparing the database")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if settings.TRIAL_AUTHORITY:
        call_command("make_trial_authority", stdout=io.StringIO())
    if not Resident.objects.exists():
        console.print("Loading invented people and their records (first start only)")
        with contextlib.redirect_stdout(io.StringIO()):
            call_command("load_sample")


def programs(port: int) -> list[Program]:
    """Web server, worker and beat, run by this Python."""
    commands = [("web", "cyan", f"{WEB} {port}"), ("worker", "green", WORKER), ("beat", "magenta", BEAT)]
    return [
        Program(name, colour, (sys.executable, "-m", *command.split())) for name, colour, command in commands
    ]


def answers(port: int) -> bool:
    """Whether the web server answers anything at all."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/live/", headers={"Host": "localhost"})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def announce(console: Console, port: int) -> None:
    """Say where the portal is, whom one can be, and where the mails go."""
    people = sign_ins()
    if people:
        console.print(table_of(people))
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        console.print(f"Mails are written to {settings.EMAIL_FILE_PATH}", soft_wrap=True)
    console.print(
        f"The portal runs at [bold]http://localhost:{port}[/bold] (Ctrl-C stops it)", soft_wrap=True
    )


def sign_ins() -> list[dict[str, str]]:
    """The people to try that the sample wrote down; none where it was not loaded."""
    path = settings.VAR_DIR / "sign-ins.json"
    if not path.exists():
        return []
    people: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return people


def table_of(people: list[dict[str, str]]) -> Table:
    """Who can be tried, with address and password."""
    table = Table("Who", title="Sign-ins to try", title_justify="left", title_style="bold")
    # these two are copied, so they give no way when the window is narrow
    table.add_column("Email", no_wrap=True, min_width=max(len(person["email"]) for person in people))
    table.add_column("Password", no_wrap=True, min_width=max(len(person["password"]) for person in people))
    for person in people:
        table.add_row(person["who"], person["email"], person["password"])
    return table
