"""Carries jobs out, each by one worker at a time; a job whose worker or database went away is begun again."""

import datetime
from dataclasses import asdict
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone

from accounts.intake.refusal import FeedRefused
from accounts.intake.sealed import SealedFile
from accounts.register import OTHER_IMPORT
from links.feeds.rollback import RollbackRefused
from links.feeds.store import BRAKE
from links.feeds.turns import ALREADY_RUNNING, STOPPED
from links.models import Job
from links.uploads import disposal, spool
from links.uploads.duties import DUTIES, Done, Tools

# a job that kills its worker every time must not kill workers for ever
MOST_ATTEMPTS = 3
# after these the same file may still do: with another limit, or a little later
FILE_MAY_STILL_DO = {BRAKE, ALREADY_RUNNING, OTHER_IMPORT, STOPPED}


def carry_out(job_id: int) -> bool:
    """Do the job, unless it is over or another worker is at it; whether there are links to review now."""
    job = Job.objects.select_related("upload", "asked_by").get(pk=job_id)
    try:
        with spool.alone(job) as sign:
            return begin(job, at=timezone.now()) and work(job, sign)
    except spool.Taken:
        return False


def begin(job: Job, *, at: datetime.datetime) -> bool:
    """Note that the job is at work; False where it is over, or was stopped in the middle too often."""
    with transaction.atomic():
        fresh = Job.objects.select_for_update().get(pk=job.pk)
        job.state, job.attempts, job.started_at = fresh.state, fresh.attempts + 1, fresh.started_at or at
        if not job.is_live:
            return False
        if job.attempts > MOST_ATTEMPTS:
            end(job, Job.State.STOPPED, Done())
            return False
        job.state = Job.State.RUNNING
        job.save(update_fields=["state", "attempts", "started_at"])
    return True


def work(job: Job, sign: spool.Sign) -> bool:
    """Do what the job asks for, and say what came of it."""
    out = spool.fresh_output(job)
    try:
        return carried_out(job, Tools(sign.say, out)).changed
    except FeedRefused as refusal:
        end(job, Job.State.REFUSED, Done(refused(refusal)))
    except OperationalError:
        raise  # the database is away or busy: the job stays at work, and is begun again
    except Exception:
        # whatever it is breaks again: whoever waits learns it now, and the task fails as it should
        end(job, Job.State.STOPPED, Done())
        raise
    finally:
        if not job.left_a_file:
            out.delete()
    return False


def carried_out(job: Job, tools: Tools) -> Done:
    """The duty, and that it was done: in one transaction, but for a feed, which others see running."""
    duty = DUTIES[job.kind]
    if job.kind == Job.Kind.IMPORT and job.upload and job.upload.is_feed:
        done = duty(job, tools)
        end(job, Job.State.DONE, done, tools.out)
        return done
    with transaction.atomic():
        done = duty(job, tools)
        end(job, Job.State.DONE, done, tools.out)
    return done


def end(job: Job, state: Job.State, done: Done, out: SealedFile | None = None) -> None:
    """The job is over; what nobody needs any more is deleted."""
    job.state, job.finished_at, job.outcome = state, timezone.now(), done.outcome
    job.feed_import_id = done.feed_import_id or job.feed_import_id
    job.output_key = out.key if out and done.leaves_file else None
    with transaction.atomic():
        job.save()
        if job.upload and file_is_spent(job):
            disposal.forget_file(job.upload, ended_at=job.finished_at if job.is_done else None)


def file_is_spent(job: Job) -> bool:
    """Whether nobody needs the uploaded file any more: it is imported, or refused for what is in it."""
    if job.state == Job.State.REFUSED:
        return job.outcome["refusal"]["reason"] not in FILE_MAY_STILL_DO
    return job.is_done and job.kind == Job.Kind.IMPORT


def refused(refusal: FeedRefused) -> dict[str, Any]:
    """The refusal as it is kept: in whatever language it is read, it is said in that one."""
    found: dict[str, Any] = {"refusal": {"reason": refusal.reason, "details": refusal.details}}
    if isinstance(refusal, RollbackRefused):
        found["obstacles"] = [asdict(obstacle) for obstacle in refusal.obstacles]
    return found
