"""Deletes files: what was imported or thrown away at once, what was left behind by a sweep."""

import contextlib
import datetime

from django.db import transaction

from links.models import Job, Upload
from links.uploads import spool

ONE_DAY = datetime.timedelta(days=1)
# so long a sender may need to mend what was rejected
REJECTS_KEPT = datetime.timedelta(days=30)


def forget_file(upload: Upload, *, ended_at: datetime.datetime | None = None) -> None:
    """Forget the key, and delete the bytes once that is certain; with `ended_at` the upload is over too."""
    file = spool.of_upload(upload)
    upload.key = None
    upload.ended_at = ended_at or upload.ended_at
    upload.save(update_fields=["key", "ended_at"])
    if upload.stored_as:
        transaction.on_commit(file.delete)


def forget_output(job: Job) -> None:
    """Forget the key of a file that a job left, and delete the bytes once that is certain."""
    file = spool.output(job)
    job.output_key = None
    job.save(update_fields=["output_key"])
    transaction.on_commit(file.delete)


def sweep(*, at: datetime.datetime) -> None:
    """Throw away uploads that nobody decided about for a day, and files that nobody fetched in time."""
    end_left_uploads(at=at)
    forget_old_outputs(at=at)
    delete_nameless(before=at - ONE_DAY)


@transaction.atomic
def end_left_uploads(*, at: datetime.datetime) -> None:
    """Uploads that are older than a day, but for those that a worker is at."""
    left = Upload.objects.open().filter(created_at__lt=at - ONE_DAY).exclude(jobs__state__in=Job.LIVE)
    for upload in left.select_for_update(of=("self",)):
        # whoever asked for work before we had the lock comes first
        if not upload.jobs.live().exists():
            forget_file(upload, ended_at=at)


@transaction.atomic
def forget_old_outputs(*, at: datetime.datetime) -> None:
    """Rejects after thirty days; findings, which hold the last digits of everybody's number, after one."""
    old = Job.objects.with_file().filter(finished_at__lt=at - REJECTS_KEPT)
    unfetched = Job.objects.with_file().filter(kind=Job.Kind.EXPORT, finished_at__lt=at - ONE_DAY)
    for job in (old | unfetched).select_for_update():
        forget_output(job)


def delete_nameless(*, before: datetime.datetime) -> None:
    """Files of requests and workers that were cut off: older than that moment, and no row has their key."""
    known = {spool.of_upload(upload).path for upload in Upload.objects.exclude(key=None)}
    known |= {spool.output(job).path for job in Job.objects.with_file()}
    for path in set(spool.folder().iterdir()) - known:
        with contextlib.suppress(FileNotFoundError):  # its worker may just have deleted it
            if path.stat().st_mtime < before.timestamp():
                path.unlink()
