"""What importing commands have in common: file, rejects, progress bar, summary line, exit statuses."""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from rich.progress import Progress

from accounts.intake.refusal import FeedRefused
from accounts.intake.rejects import RejectsFile
from accounts.intake.whole import Listeners, Report, nobody

REFUSED, WRONG_USAGE = 1, 2

UNKNOWN_COLUMN = _("Warning: the column %(column)s is not known and was ignored.")
COUNTED_WARNING = _("Warning: %(warning)s Rows: %(rows)s.")
IMPORT_ID = _("This is import %(id)s.")
ENCODING = _("The file is in %(encoding)s.")

Work = Callable[[BinaryIO, Listeners], Report]


class ImportCommand(BaseCommand):
    """A command that reads one file; its `key` is the column by which people find a rejected row again."""

    key = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and where rejects go."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--rejects", type=Path, metavar="OUT.csv", help="write rejected rows with reasons there"
        )

    def read(self, options: dict[str, Any], work: Work) -> None:
        """Do the work on the file; prints the summary line. CommandError with 1 where the file is refused."""
        started = time.monotonic()
        path = Path(options["file"])
        with (
            opened(path) as file,
            rejects(options["rejects"], self.key) as write,
            self.bar(path, options) as progress,
        ):
            try:
                report = work(file, Listeners(reject=write, progress=progress))
            except FeedRefused as refusal:
                raise CommandError(str(refusal), returncode=REFUSED) from refusal
        if options["verbosity"]:
            self.tell(report)
            self.stdout.write(report.counts.summary(seconds=time.monotonic() - started))

    def tell(self, report: Report) -> None:
        """The encoding and the warnings, where they do not get in the way of the summary."""
        self.stderr.write(gettext(ENCODING) % {"encoding": report.encoding}, self.style.NOTICE)
        for column in report.unknown_columns:
            self.stderr.write(gettext(UNKNOWN_COLUMN) % {"column": column or '""'}, self.style.WARNING)
        for warning, rows in report.warnings.items():
            text = gettext(COUNTED_WARNING) % {"warning": gettext(warning), "rows": rows}
            self.stderr.write(text, self.style.WARNING)
        if report.import_id:
            self.stderr.write(gettext(IMPORT_ID) % {"id": report.import_id}, self.style.NOTICE)

    def bar(self, path: Path, options: dict[str, Any]) -> AbstractContextManager[Callable[[int], None]]:
        """A progress bar over the two readings of the file."""
        shown = self.stdout.isatty() and bool(options["verbosity"])
        return progress_bar(path.name, total=2 * path.stat().st_size, shown=shown)


@contextmanager
def progress_bar(title: str, *, total: int, shown: bool) -> Iterator[Callable[[int], None]]:
    """A listener that draws how much of `total` is done, where it is to be shown: on a terminal."""
    if not shown:
        yield nobody
        return
    with Progress(transient=True) as progress:
        task = progress.add_task(title, total=total)
        yield lambda done: progress.update(task, completed=done)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file; CommandError with 2 where it is not there or may not be read."""
    try:
        file = path.open("rb")
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}", returncode=WRONG_USAGE) from problem
    with file:
        yield file


@contextmanager
def rejects(path: Path | None, key: str) -> Iterator[Callable[..., None]]:
    """A listener that writes rejects to that file, if there is one."""
    try:
        file = RejectsFile(Path(path), key=key) if path else nullcontext()
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}", returncode=WRONG_USAGE) from problem
    with file as writing:
        yield writing.write if writing else nobody
