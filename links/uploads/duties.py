"""What a worker does for each kind of job. Nothing here says that a job is over: `working` does."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import register
from accounts.intake.rejects import RejectsWriter
from accounts.intake.sealed import SealedFile
from accounts.intake.whole import Listeners, Report
from links.feeds import rollback, store
from links.feeds.export import export_findings, exported
from links.models import FeedImport, Job, Upload
from links.uploads import examples, spool

FIGURES = ("rows", "created", "changed", "unchanged", "removed", "rejected")


@dataclass(frozen=True, slots=True)
class Tools:
    """Where a job says how far it is, and the file that it may leave."""

    say: Callable[[int, int], None]
    out: SealedFile


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job; `changed`: whether there are links to review now."""

    outcome: dict[str, Any] = field(default_factory=dict)
    feed_import_id: int | None = None
    leaves_file: bool = False
    changed: bool = False


def try_out(job: Job, tools: Tools) -> Done:
    """Import the file and take all of it back: what is told is what an import would do."""
    with transaction.atomic():
        since = examples.mark()
        report = read(job, tools)
        outcome = told(report) | {"examples": changed_by(job, report, since)}
        transaction.set_rollback(True)
    return Done(outcome, leaves_file=report.counts.rejected > 0)


def bring_in(job: Job, tools: Tools) -> Done:
    """Import the file. Where a worker was killed just after the import was stored, tell of that one."""
    if job.upload and job.upload.is_feed and (earlier := brought_in_before(job, job.upload)):
        return Done(figures_of(earlier), earlier.pk, changed=True)
    report = read(job, tools)
    changed = report.import_id is not None and bool(report.counts.created or report.counts.changed)
    return Done(told(report), report.import_id, leaves_file=report.counts.rejected > 0, changed=changed)


def roll_back(job: Job, _tools: Tools) -> Done:
    """Undo an import as a whole."""
    undone = rollback.rollback(job.feed_import_id or 0, by=job.asked_by, at=timezone.now())
    return Done(asdict(undone), job.feed_import_id, changed=True)


def write_findings(job: Job, tools: Tools) -> Done:
    """Write what the review found into the job's file."""
    total = exported().count()
    with text_of(tools.out) as out:
        rows = export_findings(
            out, by=job.asked_by, at=timezone.now(), progress=lambda done: tools.say(done, total)
        )
    return Done({"rows": rows}, leaves_file=True)


DUTIES: dict[str, Callable[[Job, Tools], Done]] = {
    Job.Kind.TRY: try_out,
    Job.Kind.IMPORT: bring_in,
    Job.Kind.ROLL_BACK: roll_back,
    Job.Kind.EXPORT: write_findings,
}


def read(job: Job, tools: Tools) -> Report:
    """Read the uploaded file into the database; the rejects go to the job's file."""
    upload = job.upload
    if upload is None:
        raise TypeError(f"{job} has no file")
    with spool.of_upload(upload).open() as file, rejects(tools.out, upload) as writer:
        listeners = Listeners(writer.write, lambda done: tools.say(done, 2 * upload.size))
        if upload.is_feed:
            return store.import_feed(file, feed_order(job, upload), listeners=listeners)
        return register.import_register(file, register_order(job, upload), listeners=listeners)


def feed_order(job: Job, upload: Upload) -> store.Order:
    """How a feed is to be read."""
    return store.Order(
        institution=upload.institution_code,
        category=upload.category,
        today=timezone.localdate(),
        at=job.started_at or timezone.now(),
        format=upload.format,
        file_name=upload.file_name,
        by=job.asked_by,
        complete=upload.complete,
        max_removed=upload.max_removed,
    )


def register_order(job: Job, upload: Upload) -> register.Order:
    """How a register is to be read."""
    return register.Order(
        as_of=upload.as_of or timezone.localdate(),
        at=job.started_at or timezone.now(),
        by=job.asked_by,
        allow_number_change=upload.allow_number_change,
    )


@contextmanager
def rejects(out: SealedFile, upload: Upload) -> Iterator[RejectsWriter]:
    """Writes rejects into the sealed file, as the command does into an open one."""
    with text_of(out) as text:
        yield RejectsWriter(text, key="reference" if upload.is_feed else "resident_code")


@contextmanager
def text_of(out: SealedFile) -> Iterator[io.TextIOWrapper]:
    """The file, to write lines into."""
    with io.TextIOWrapper(out.create(), encoding="utf-8", newline="") as text:
        yield text


def changed_by(job: Job, report: Report, since: examples.Mark) -> list[dict[str, Any]]:
    """Some of what the import changes."""
    if not (report.counts.changed or report.counts.removed):
        return []
    is_feed = job.upload is not None and job.upload.is_feed
    return examples.of_feed(report.import_id, since) if is_feed else examples.of_register(since)


def told(report: Report) -> dict[str, Any]:
    """The report as it is kept: figures and message ids."""
    return {
        "counts": asdict(report.counts),
        "encoding": report.encoding,
        "unknown_columns": list(report.unknown_columns),
        "warnings": dict(report.warnings),
    }


def brought_in_before(job: Job, upload: Upload) -> FeedImport | None:
    """The import that this very job stored in an earlier attempt."""
    order = feed_order(job, upload)
    stored = FeedImport.objects.done().filter(started_by=order.by, started_at=order.at)
    return stored.filter(institution__code=order.institution, category=order.category).first()


def figures_of(stored: FeedImport) -> dict[str, Any]:
    """What is known of an import whose worker was killed before it could tell."""
    return {
        "counts": {name: getattr(stored, name) for name in FIGURES},
        "encoding": stored.encoding,
        "unknown_columns": [],
        "warnings": {},
    }
