"""Work in the background."""

from celery import shared_task
from django.utils import timezone

from links import telling, watching
from links.review import engine
from links.review.runs import CHANGES, ReviewError


@shared_task
def review_changed() -> None:
    """Review what may have another verdict now; nothing while a run goes on: the next beat finds the same."""
    try:
        engine.review(CHANGES, at=timezone.now())
    except ReviewError:
        return


@shared_task
def watch_institutions() -> None:
    """Find late feeds and whatever else waits for staff, and tell them; repeating it does nothing more."""
    now = timezone.now()
    watching.look(at=now)
    telling.tell_staff(at=now)


@shared_task(autoretry_for=(ReviewError,), retry_kwargs={"countdown": 60, "max_retries": 60})
def review(*, run_id: int) -> None:
    """Carry out a run that somebody opened; repeating it does nothing more."""
    engine.resume(run_id)
