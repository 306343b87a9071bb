"""What a job says, in the reader's words."""

import csv
import datetime
import io
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.intake.refusal import FeedRefused
from accounts.intake.rejects import HEADER
from links.categories import DETAILS
from links.evidence import LABELS
from links.feeds.rollback import Obstacle
from links.models import Change, FeedImport, Job
from links.uploads import spool

REJECTS_SHOWN = 20
AT_WORK = {
    Job.Kind.TRY: _("The file is being checked"),
    Job.Kind.IMPORT: _("The file is being imported"),
    Job.Kind.ROLL_BACK: _("The import is being rolled back"),
    Job.Kind.EXPORT: _("The findings are being written"),
}
OVER = {
    (Job.Kind.ROLL_BACK, Job.State.DONE): _("The import was rolled back"),
    (Job.Kind.ROLL_BACK, Job.State.REFUSED): _("The import was not rolled back"),
    (Job.Kind.ROLL_BACK, Job.State.STOPPED): _("The roll-back was stopped in the middle"),
    (Job.Kind.EXPORT, Job.State.DONE): _("The findings are written"),
    (Job.Kind.EXPORT, Job.State.STOPPED): _("The findings could not be written"),
}
TONES = {
    FeedImport.State.OPEN: "info",
    FeedImport.State.DONE: "ok",
    FeedImport.State.REFUSED: "wrong",
    FeedImport.State.ROLLED_BACK: "attention",
}
FIGURES = {
    "rows": _("Rows in the file"),
    "created": _("New"),
    "changed": _("Changed"),
    "unchanged": _("Unchanged"),
    "removed": _("Removed"),
    "rejected": _("Rejected"),
}
FIELDS: dict[str, Promise] = {
    **DETAILS,
    "resident_id": _("Individual number: the record moves to another person"),
    "status": _("State of the record"),
    "holder_name": LABELS["name"],
    "holder_kana": LABELS["kana"],
    "holder_birth_date": LABELS["birth_date"],
    "holder_sex": LABELS["sex"],
    "holder_address": LABELS["address"],
    "entered_by": _("Office or terminal"),
    "linked_on": _("Day on which the number was attached"),
    "obtained_by": _("How the number was obtained"),
    "individual_number": _("Individual number"),
    "name": LABELS["name"],
    "name_kana": LABELS["kana"],
    "common_name": _("Common name"),
    "former_surname": _("Former surname"),
    "birth_date": LABELS["birth_date"],
    "sex": LABELS["sex"],
    "postal_code": _("Postal code"),
    "address": LABELS["address"],
    "previous_address": _("Previous address"),
    "moved_in_on": _("Moved in on"),
    "household_code": _("Household"),
    "relationship": _("Relation to the head of household"),
    "residence_expires_on": _("Period of stay until"),
    "protected": _("Protected person"),
    "died_on": _("Died on"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts; the fields of components/tiles.html."""

    figure: int
    words: Promise


@dataclass(frozen=True, slots=True)
class Example:
    """One record that changes: by its reference, and which of its fields."""

    reference: str
    fields: list[Promise | str]


@dataclass(frozen=True, slots=True)
class InTheWay:
    """One record that was touched since an import: what happened to it, when, and whether by another file."""

    reference: str
    what: str
    at: datetime.datetime
    by_file: bool


def heading(job: Job) -> Promise:
    """What a piece of work is, or what came of it."""
    return AT_WORK[Job.Kind(job.kind)] if job.is_live else OVER[Job.Kind(job.kind), Job.State(job.state)]


def figures(counts: dict[str, int]) -> list[Figure]:
    """The summary line, in words."""
    return [Figure(counts[name], words) for name, words in FIGURES.items()]


def refusal(outcome: dict[str, Any]) -> str:
    """Why a job was refused, in the reader's language; empty where it was not."""
    said = outcome.get("refusal")
    return str(FeedRefused(said["reason"], **said["details"])) if said else ""


def warnings(outcome: dict[str, Any]) -> list[tuple[str, int]]:
    """What to look at, and in how many rows."""
    return [(gettext(warning), rows) for warning, rows in outcome.get("warnings", {}).items()]


def examples(outcome: dict[str, Any]) -> list[Example]:
    """Some of what would change."""
    return [
        Example(each["reference"], [FIELDS.get(name, name) for name in each["fields"]])
        for each in outcome.get("examples", [])
    ]


def first_rejects(job: Job) -> list[dict[str, str]]:
    """The first rows of the file of rejects, numbers masked as in it; `key` is what a row is found by."""
    if not job.left_a_file:
        return []
    with io.TextIOWrapper(spool.output(job).open(), encoding="utf-8", newline="") as text:
        rows = csv.reader(text)
        next(rows)
        return [dict(zip(HEADER, row, strict=True)) for row in islice(rows, REJECTS_SHOWN)]


def rejects_name(job: Job) -> str:
    """What the file of rejects is called: whose file it is about."""
    upload = job.upload
    parts = [upload.institution_code, upload.category] if upload and upload.is_feed else ["register"]
    return "-".join(["rejects", *parts]) + ".csv"


def obstacles(found: list[Obstacle]) -> list[InTheWay]:
    """What stands in the way of a roll-back."""
    return [
        InTheWay(each.reference, str(Change.Kind(each.kind).label), each.at, each.feed_import_id is not None)
        for each in found
    ]


def obstacles_then(outcome: dict[str, Any]) -> list[InTheWay]:
    """What stood in the way when it was tried."""
    kept = outcome.get("obstacles", [])
    times = [datetime.datetime.fromisoformat(each["at"]) for each in kept]
    return obstacles([Obstacle(**(each | {"at": at})) for each, at in zip(kept, times, strict=True)])
