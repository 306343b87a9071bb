"""Rows of imports that are valid with no arguments."""

from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from accounts.models import User
from links.models import FeedImport, Job, Upload
from tests import factories
from tests.links.uploads.sent import begun

COUNTS = {"rows": 4, "created": 2, "changed": 1, "unchanged": 0, "removed": 0, "rejected": 1}
OUTCOME = {
    "counts": COUNTS,
    "encoding": "CP932",
    "unknown_columns": ["備考"],
    "warnings": {"No office or terminal is named: nobody is known who checked the number.": 3},
    "examples": [{"reference": "A1", "fields": ["holder_name", "bank_code"]}],
}


def feed_import(**fields: Any) -> FeedImport:
    """An import that was applied."""
    now = timezone.now()
    kept = {"category": "pension", "state": "done", "file_name": "pension.csv", "encoding": "UTF-8"}
    times = {"started_at": now, "finished_at": now}
    institution = fields.pop("institution", None) or factories.InstitutionFactory.create()
    return FeedImport.objects.create(institution=institution, **(kept | times | COUNTS | fields))


def upload(by: User, **fields: Any) -> Upload:
    """An upload whose file came, and is gone again."""
    now = timezone.now()
    kept = {"received_at": now, "file_name": "pension.csv", "size": 12_345, "key": b"key", "stored_as": "one"}
    row = begun(by)
    for name, value in (kept | fields).items():
        setattr(row, name, value)
    row.save()
    return row


def job(by: User, **fields: Any) -> Job:
    """A check that was done."""
    now = timezone.now()
    kept = {"kind": "try", "state": "done", "started_at": now, "finished_at": now, "outcome": OUTCOME}
    live = {"finished_at": None, "outcome": {}} if fields.get("state") in Job.LIVE else {}
    return Job.objects.create(asked_by=by, asked_at=now, **(kept | live | fields))


def export(by: User, **fields: Any) -> Job:
    """An export that waits."""
    return job(by, **({"kind": "export", "state": "queued", "started_at": None} | fields))


def everything(by: User) -> SimpleNamespace:
    """A file that did not come yet, an import, and work in the queue."""
    return SimpleNamespace(upload=begun(by), job=export(by), feed_import=feed_import())
