"""Work in the background."""

import datetime

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from accounts.models import User
from links import telling, watching
from links.models import Job, ReviewRun
from links.review import engine
from links.review.runs import CHANGES, ReviewError
from links.reviewing import stopped
from links.uploads import disposal, working

ONE_MINUTE = datetime.timedelta(minutes=1)

# more than one installation has workers; each asks once, and is then free again
HELPERS = 7


@shared_task
def review_changed() -> None:
    """Review what may have another verdict now; nothing while a run goes on: the next beat finds the same."""
    try:
        engine.review(CHANGES, at=timezone.now(), begun=ask_for_help)
    except ReviewError:
        return


@shared_task
def watch_institutions() -> None:
    """Find late feeds and whatever else waits for staff, and tell them; repeating it does nothing more."""
    now = timezone.now()
    watching.look(at=now)
    telling.tell_staff(at=now)


@shared_task
def withhold_stopped(*, run_id: int, institution: str, category: str, by_id: int) -> None:
    """Withhold what the brake left, for a person who looked at it; repeating it does nothing more."""
    run, by = ReviewRun.objects.get(pk=run_id), User.objects.get(pk=by_id)
    stopped.withhold(run, institution, category, by=by)


@shared_task(autoretry_for=(ReviewError,), retry_kwargs={"countdown": 60, "max_retries": 60})
def review(*, run_id: int) -> None:
    """Carry out a run that somebody opened; repeating it does nothing more."""
    engine.resume(run_id, begun=ask_for_help)


@shared_task
def assist(*, run_id: int) -> None:
    """Take parts of a run that another worker carries out; nothing where none is left."""
    engine.assist(run_id)


def ask_for_help(run: ReviewRun) -> None:
    """Let other workers take parts of the run; those that come too late find none."""
    for _place in range(min(HELPERS, run.parts.count() - 1)):
        assist.delay_on_commit(run_id=run.pk)


@shared_task(autoretry_for=(OperationalError,), retry_kwargs={"countdown": 30, "max_retries": 5})
def carry_out(*, job_id: int) -> None:
    """Do what staff asked for in the browser; repeating it does nothing more."""
    if working.carry_out(job_id):
        review_changed.delay()


@shared_task
def repeat_jobs() -> None:
    """Queue again what waits for a minute: its message, or its worker, was lost."""
    waiting = Job.objects.live().asked_before(timezone.now() - ONE_MINUTE)
    for job_id in waiting.values_list("pk", flat=True):
        carry_out.delay(job_id=job_id)


@shared_task
def sweep_uploads() -> None:
    """Delete the files that nobody decided about or fetched in time."""
    disposal.sweep(at=timezone.now())
