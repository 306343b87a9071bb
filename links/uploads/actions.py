"""What staff do with files in the browser; a worker does the long part."""

import datetime
from functools import partial
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.files.store import readable
from accounts.models import User
from links import tasks
from links.actions import LinkError
from links.feeds.rollback import NOT_DONE
from links.models import FeedImport, Job, Upload
from links.uploads import disposal, spool
from links.uploads.receiving import Received

RECEIVED_ALREADY = _("A file was received here already. Please look at it first.")
NO_FILE = _("The file is not here any more. Please choose it again.")
CHANGED_SINCE = _("The file was checked again since you looked. Please look at the result first.")
OVER = _("This file was imported or thrown away already.")
AT_WORK = _("Somebody is at this already. Please wait until it is done.")
GONE = _("The file is not here any more.")
NOT_ALLOWED = _("Only data officers import files.")


def begin(*, by: User, at: datetime.datetime, **settings: Any) -> Upload:
    """Note how a file is to be read that comes next; LinkError for whoever may not import."""
    check_right(by)
    return Upload.objects.create(created_by=by, created_at=at, **settings)


@transaction.atomic
def receive(*, upload: Upload, file: Received, by: User, at: datetime.datetime) -> Job:
    """Take the file and have it checked; LinkError where another one came first, or it is too late."""
    upload = open_upload(upload, by=by)
    if upload.is_kept:
        raise LinkError(RECEIVED_ALREADY)
    if file.sealed is None:
        raise LinkError(NO_FILE)
    upload.stored_as, upload.key, upload.received_at = file.sealed.path.name, file.sealed.key, at
    upload.file_name, upload.size = readable(file.name or ""), file.size or 0
    upload.save()
    return ask(Job(kind=Job.Kind.TRY, upload=upload, asked_by=by, asked_at=at))


@transaction.atomic
def check_again(*, upload: Upload, max_removed: float | None = None, by: User, at: datetime.datetime) -> Job:
    """Have the file checked once more, a feed perhaps with another limit; LinkError."""
    upload = open_upload(upload, by=by)
    if not upload.is_kept:
        raise LinkError(NO_FILE)
    if max_removed is not None:
        upload.max_removed = max_removed
        upload.save(update_fields=["max_removed"])
    return ask(Job(kind=Job.Kind.TRY, upload=upload, asked_by=by, asked_at=at))


@transaction.atomic
def confirm(*, upload: Upload, seen: str, by: User, at: datetime.datetime) -> Job:
    """Have the file imported whose check (by its public id) was looked at; pressed twice it is one import."""
    check_right(by)
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    last = upload.jobs.order_by("-pk").first()
    if last is None:
        raise LinkError(NO_FILE)
    if last.kind == Job.Kind.IMPORT and (last.is_live or last.is_done):
        return last
    if upload.ended_at:
        raise LinkError(OVER)
    if not last.is_done or last.public_id != seen:
        raise LinkError(CHANGED_SINCE)
    if not upload.is_kept:
        raise LinkError(NO_FILE)
    return ask(Job(kind=Job.Kind.IMPORT, upload=upload, asked_by=by, asked_at=at))


@transaction.atomic
def throw_away(*, upload: Upload, by: User, at: datetime.datetime) -> None:
    """Delete the file, of which nothing was stored; LinkError while a worker is at it."""
    upload = open_upload(upload, by=by)
    Upload.objects.filter(pk=upload.pk).update(thrown_away_by=by)
    disposal.forget_file(upload, ended_at=at)


def roll_back(*, feed_import: FeedImport, reason: str, by: User, at: datetime.datetime) -> Job:
    """Have an import undone as a whole; LinkError where it is not one that can be, or that runs already."""
    check_right(by)
    if feed_import.state != FeedImport.State.DONE:
        raise LinkError(gettext(NOT_DONE))
    return ask(Job(kind=Job.Kind.ROLL_BACK, feed_import=feed_import, reason=reason, asked_by=by, asked_at=at))


def export(*, by: User, at: datetime.datetime) -> Job:
    """Have the findings written; whoever asks while they are being written waits for the same file."""
    check_right(by)
    running = Job.objects.live().filter(kind=Job.Kind.EXPORT)
    try:
        return running.first() or ask(Job(kind=Job.Kind.EXPORT, asked_by=by, asked_at=at))
    except LinkError:
        first = running.first()
        if first is None:
            raise
        return first


@transaction.atomic
def fetch_rejects(*, job: Job, by: User, at: datetime.datetime) -> BinaryIO:
    """The rows that were rejected, as often as wanted while they are kept; LinkError."""
    check_right(by)
    job = Job.objects.select_for_update().get(pk=job.pk)
    if not job.left_a_file:
        raise LinkError(GONE)
    audit.record("rejects.fetched", by=by, at=at, subject=("job", job.public_id))
    return spool.output(job).open()


@transaction.atomic
def fetch_findings(*, job: Job, by: User, at: datetime.datetime) -> BinaryIO:
    """The list of findings, once: it is deleted while it is read. LinkError where it was fetched already."""
    check_right(by)
    job = Job.objects.select_for_update().get(pk=job.pk)
    if not job.left_a_file:
        raise LinkError(GONE)
    audit.record("findings.fetched", by=by, at=at, subject=("job", job.public_id))
    content = spool.output(job).open()
    disposal.forget_output(job)
    return content


def check_right(by: User) -> None:
    """LinkError for whoever may not import."""
    if not by.may("feeds.import"):
        raise LinkError(NOT_ALLOWED)


def open_upload(upload: Upload, *, by: User) -> Upload:
    """The upload, locked, about which this person can still decide; LinkError."""
    check_right(by)
    fresh = Upload.objects.select_for_update().get(pk=upload.pk)
    if fresh.ended_at:
        raise LinkError(OVER)
    if fresh.jobs.live().exists():
        raise LinkError(AT_WORK)
    return fresh


def ask(job: Job) -> Job:
    """Queue the job; LinkError where another one is at the same thing. A sweep repeats what got lost."""
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError as second:
        raise LinkError(AT_WORK) from second
    transaction.on_commit(partial(tasks.carry_out.delay, job_id=job.pk), robust=True)
    return job
