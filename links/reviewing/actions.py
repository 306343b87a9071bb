"""What staff do with the review; a worker does the long part."""

import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from links import tasks
from links.actions import LinkError
from links.models import ReviewRun
from links.review import runs
from links.review.runs import ReviewError, Scope

NOT_OPEN = _("This run is over. You can start another one.")
NOT_STOPPED = _("This feed was not stopped in this run.")


@transaction.atomic
def start(*, scope: Scope, by: User, at: datetime.datetime) -> ReviewRun:
    """Open a run and queue it; LinkError where one is open already."""
    try:
        run = runs.open_run(scope, at=at)
    except ReviewError as busy:
        raise LinkError(str(busy)) from busy
    audit.record("review.started", by=by, at=at, subject=("run", run.public_id))
    transaction.on_commit(partial(tasks.review.delay, run_id=run.pk), robust=True)
    return run


@transaction.atomic
def go_on(*, run: ReviewRun, by: User, at: datetime.datetime) -> None:
    """Queue a run once more that was left in the middle; one that goes on by itself is not disturbed."""
    if run.state != ReviewRun.State.OPEN:
        raise LinkError(NOT_OPEN)
    audit.record("review.started", by=by, at=at, subject=("run", run.public_id))
    transaction.on_commit(partial(tasks.review.delay, run_id=run.pk), robust=True)


@transaction.atomic
def cancel(*, run: ReviewRun, by: User, at: datetime.datetime) -> None:
    """End an open run after the parts that are being judged; LinkError once it is over."""
    try:
        runs.cancel(run, by=by, at=at)
    except ReviewError as over:
        raise LinkError(str(over)) from over


@transaction.atomic
def take_up(*, run: ReviewRun, by: User, at: datetime.datetime) -> None:
    """Open a cancelled run again and queue it; LinkError where it cannot go on."""
    try:
        runs.take_up(run, by=by, at=at)
    except ReviewError as refusal:
        raise LinkError(str(refusal)) from refusal
    transaction.on_commit(partial(tasks.review.delay, run_id=run.pk), robust=True)


@transaction.atomic
def withhold(*, run: ReviewRun, institution: str, category: str, by: User, at: datetime.datetime) -> None:
    """A person looked at a feed that the brake stopped and finds it right: its records are withheld."""
    if (institution, category) not in {(code, kind) for code, kind, _new, _size in run.stopped_feeds}:
        raise LinkError(NOT_STOPPED)
    audit.record("review.feed_withheld", by=by, at=at, subject=("institution", institution), purpose=category)
    what = {"run_id": run.pk, "institution": institution, "category": category, "by_id": by.pk}
    transaction.on_commit(partial(tasks.withhold_stopped.delay, **what), robust=True)
