"""What the page of one file shows, depending on how far it is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from links.feeds import rollback
from links.feeds.store import BRAKE
from links.models import FeedImport, Institution, Job, Upload
from links.registration import warnings
from links.uploads import spool, wording
from links.uploads.disposal import ONE_DAY
from links.uploads.forms import FileForm, LimitForm


class Stage(StrEnum):
    """How far an upload is; each has a template of its own."""

    FILE = "file"
    WORKING = "working"
    PREVIEW = "preview"
    REFUSED = "refused"
    STOPPED = "stopped"
    IMPORTED = "imported"
    THROWN_AWAY = "thrown_away"


WORDS = {
    Stage.WORKING: _("being worked on"),
    Stage.PREVIEW: _("checked, waits for your decision"),
    Stage.REFUSED: _("refused"),
    Stage.STOPPED: _("stopped in the middle"),
}
HEADINGS = {
    Stage.FILE: _("Choose the file"),
    Stage.PREVIEW: _("What the import would change"),
    Stage.REFUSED: _("The file was refused, nothing was stored"),
    Stage.STOPPED: _("The work was stopped in the middle, nothing was stored"),
    Stage.IMPORTED: _("The file is imported"),
    Stage.THROWN_AWAY: _("The file was thrown away"),
}
MOST_REGISTERS, MOST_EXPORTS = 10, 3


def stage_of(upload: Upload, last: Job | None) -> Stage:
    """How far it is, from itself and its last job."""
    if last and last.is_live:
        return Stage.WORKING
    if last and last.is_done and last.kind == Job.Kind.IMPORT:
        return Stage.IMPORTED
    if upload.ended_at:
        return Stage.THROWN_AWAY
    if last is None or not upload.received_at:
        return Stage.FILE
    return {Job.State.DONE: Stage.PREVIEW, Job.State.REFUSED: Stage.REFUSED}.get(
        Job.State(last.state), Stage.STOPPED
    )


def page(upload: Upload) -> dict[str, Any]:
    """What the page shows."""
    last = upload.jobs.select_related("feed_import", "asked_by").order_by("-pk").first()
    stage = stage_of(upload, last)
    context: dict[str, Any] = {
        "upload": upload,
        "institution": Institution.objects.filter(code=upload.institution_code).first(),
        "job": last,
        "stage": stage,
        "heading": HEADINGS.get(stage),
        "kept_until": upload.created_at + ONE_DAY,
        "key_label": _("Reference") if upload.is_feed else _("Resident code"),
        "file_form": FileForm(),
        "most_bytes": settings.IMPORT_MOST_BYTES,
        "limit_form": LimitForm(initial={"max_removed": upload.max_removed}),
    }
    if last and stage == Stage.WORKING:
        context |= watched(last)
    elif last and stage in (Stage.PREVIEW, Stage.IMPORTED):
        context |= result(last)
    elif last:
        context |= {"refusal": wording.refusal(last.outcome), "stopped_by_brake": stopped_by_brake(last)}
    return context


def watched(job: Job) -> dict[str, Any]:
    """How far a job is."""
    progress = spool.progress(job)
    percent = min(99, 100 * progress.done // progress.total) if progress and progress.total else None
    return {"job": job, "percent": percent, "heading": wording.heading(job)}


def result(job: Job) -> dict[str, Any]:
    """What a check or an import found."""
    return {
        "figures": wording.figures(job.outcome["counts"]),
        "counts": job.outcome["counts"],
        "encoding": job.outcome["encoding"],
        "unknown_columns": job.outcome["unknown_columns"],
        "warnings": wording.warnings(job.outcome),
        "examples": wording.examples(job.outcome),
        "rejects": wording.first_rejects(job),
    }


def of_import(feed_import: FeedImport) -> dict[str, Any]:
    """What is known of one import of a feed."""
    jobs = list(feed_import.jobs.order_by("-pk"))
    return {
        "feed_import": feed_import,
        "tone": wording.TONES[FeedImport.State(feed_import.state)],
        "figures": wording.figures({name: getattr(feed_import, name) for name in wording.FIGURES}),
        "warnings": [(gettext(said), rows) for said, rows in warnings(feed_import.broken_rules).items()],
        "rejects_of": next((job for job in jobs if job.left_a_file), None),
        "undoing": next((job for job in jobs if job.kind == Job.Kind.ROLL_BACK), None),
    }


def before_roll_back(feed_import: FeedImport) -> dict[str, Any]:
    """What undoing an import would do, and what stands in the way."""
    found = rollback.obstacles(feed_import) if feed_import.is_done else []
    return {
        "feed_import": feed_import,
        "altered": feed_import.changed + feed_import.removed,
        "obstacles": wording.obstacles(found),
    }


def of_job(job: Job) -> dict[str, Any]:
    """A roll-back or an export: how far it is, or what came of it."""
    if job.is_live:
        return watched(job)
    return {
        "job": job,
        "heading": wording.heading(job),
        "refusal": wording.refusal(job.outcome),
        "obstacles": wording.obstacles_then(job.outcome),
    }


def stopped_by_brake(job: Job) -> bool:
    """Whether another limit would let the file through."""
    said = job.outcome.get("refusal")
    return bool(said) and said["reason"] == BRAKE


@dataclass(frozen=True, slots=True)
class Waiting:
    """An upload that somebody has to decide about, or that a worker is at."""

    upload: Upload
    stage: Stage

    @property
    def words(self) -> Promise:
        """How far it is, in words."""
        return WORDS[self.stage]

    @property
    def tone(self) -> str:
        """How the words look."""
        return {Stage.WORKING: "info", Stage.PREVIEW: "attention"}.get(self.stage, "wrong")


def waiting() -> list[Waiting]:
    """Those of which the file came, latest first, in two queries."""
    open_ones = Upload.objects.open().exclude(received_at=None).select_related("created_by").order_by("-pk")
    last = {job.upload_id: job for job in Job.objects.filter(upload__in=open_ones).order_by("pk")}
    return [Waiting(upload, stage_of(upload, last.get(upload.pk))) for upload in open_ones]


@dataclass(frozen=True, slots=True)
class Row:
    """One import of a feed in the list."""

    feed_import: FeedImport

    @property
    def tone(self) -> str:
        """How its state looks."""
        return wording.TONES[FeedImport.State(self.feed_import.state)]


def listed(imports: Page[FeedImport]) -> dict[str, Any]:
    """The page of all imports: what waits, then feeds latest first, the last registers and findings."""
    registers = Job.objects.filter(
        kind=Job.Kind.IMPORT, upload__kind=Upload.Kind.REGISTER, state=Job.State.DONE
    )
    exports = Job.objects.filter(kind=Job.Kind.EXPORT).filter(Q(state__in=Job.LIVE) | ~Q(output_key=None))
    return {
        "waiting": waiting(),
        "page": imports,
        "rows": [Row(each) for each in imports],
        "registers": registers.select_related("upload", "asked_by").order_by("-pk")[:MOST_REGISTERS],
        "exports": exports.select_related("asked_by").order_by("-pk")[:MOST_EXPORTS],
    }
