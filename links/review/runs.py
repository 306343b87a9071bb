"""Runs of the review: one at a time, begun, resumed after a kill, finished."""

import datetime
import fcntl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from links.models import Finding, Institution, Link, ReviewRun
from links.review.rules import RULES_VERSION
from links.review.walk import register_now

# any number that no other part of the service locks
ADVISORY_LOCK = 7_411_001
# an older one begins anew: "checked on" must not stretch over days
RESUMABLE = datetime.timedelta(hours=24)


class ReviewError(Exception):
    """Why no review can run now, fit to show."""

    def __init__(self, message: "str | Promise") -> None:
        super().__init__(str(message))


OVER = _("This review is over. Please start a new one.")
BUSY = _("Another review is running. Please wait until it has finished.")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run looks at: all links, those of an institution or category, or only what may have changed."""

    institution: Institution | None = None
    category: str = ""
    changed_only: bool = False

    def is_that_of(self, run: ReviewRun) -> bool:
        """Whether the run looks at just this."""
        institution = self.institution.pk if self.institution else None
        return (institution, self.category, self.changed_only) == (
            run.institution_id,
            run.category,
            run.changed_only,
        )


CHANGES = Scope(changed_only=True)


@contextmanager
def alone() -> Iterator[None]:
    """Nobody else reviews meanwhile; ReviewError while somebody does.

    The lock dies with its process, which is how a run left open by a kill is told from one that goes on.
    """
    with _advisory_lock() if connection.vendor == "postgresql" else _file_lock():
        yield


@contextmanager
def _advisory_lock() -> Iterator[None]:
    if connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:
        # the lock belongs to a connection, and a pooler would hand that to somebody else
        raise ImproperlyConfigured("A review needs a connection of its own, without DATABASE_POOLED.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        if not cursor.fetchone()[0]:
            raise ReviewError(BUSY)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


@contextmanager
def _file_lock() -> Iterator[None]:
    with (settings.VAR_DIR / "review.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise ReviewError(BUSY) from taken
        yield


def begin(scope: Scope, *, at: datetime.datetime) -> ReviewRun:
    """The run to carry out: one that a kill left open where it serves, else a new one. Call it `alone()`."""
    left = ReviewRun.objects.filter(state=ReviewRun.State.OPEN).first()
    if left and resumable(left, scope, at=at):
        return left
    if left:
        end(left, ReviewRun.State.FAILED, at=at)
    return open_run(scope, at=at)


def resumable(left: ReviewRun, scope: Scope, *, at: datetime.datetime) -> bool:
    """Whether going on with it does what is asked; who looks at changes finishes whatever was left."""
    fresh = left.rules_version == RULES_VERSION and at - left.started_at < RESUMABLE
    return fresh and (scope == CHANGES or scope.is_that_of(left))


def open_run(scope: Scope, *, at: datetime.datetime) -> ReviewRun:
    """A new open run; ReviewError where one is open already."""
    try:
        with transaction.atomic():
            return ReviewRun.objects.create(
                institution=scope.institution,
                category=scope.category,
                changed_only=scope.changed_only,
                rules_version=RULES_VERSION,
                register_seen=register_now(),
                started_at=at,
            )
    except IntegrityError as second:
        raise ReviewError(BUSY) from second


def end(run: ReviewRun, state: ReviewRun.State, *, at: datetime.datetime | None = None) -> None:
    """The run is over."""
    run.state, run.finished_at = state, at or timezone.now()
    run.save(update_fields=["state", "finished_at", "stopped_feeds", "incidents", "standing"])


def goes_on(run: ReviewRun) -> bool:
    """Whether nobody ended it meanwhile."""
    return ReviewRun.objects.open().filter(pk=run.pk).exists()


@transaction.atomic(savepoint=False)
def advance(run: ReviewRun, tally: Counter[str], *, reached: int) -> None:
    """So many more links are checked, by verdict; whoever else works on the run counts on the same row."""
    now = ReviewRun.objects.select_for_update().get(pk=run.pk)
    run.verdicts = dict(Counter(now.verdicts) + tally)
    run.checked, run.reached = now.checked + tally.total(), max(now.reached, reached)
    run.save(update_fields=["verdicts", "checked", "reached"])


def cancel(run: ReviewRun, *, by: User, at: datetime.datetime) -> None:
    """Stop after the parts that are being judged; what is stored stays; ReviewError once it is over."""
    if not ReviewRun.objects.open().filter(pk=run.pk).update(state=ReviewRun.State.CANCELLED, finished_at=at):
        raise ReviewError(OVER)
    audit.record("review.cancelled", by=by, at=at, subject=("run", run.public_id))


def take_up(run: ReviewRun, *, by: User, at: datetime.datetime) -> None:
    """Open a cancelled run again, to go on where it stopped; ReviewError where it cannot."""
    cancelled = ReviewRun.objects.filter(pk=run.pk, state=ReviewRun.State.CANCELLED)
    fresh = cancelled.filter(rules_version=RULES_VERSION, started_at__gt=at - RESUMABLE)
    try:
        with transaction.atomic():
            opened = fresh.update(state=ReviewRun.State.OPEN, finished_at=None)
    except IntegrityError as second:
        raise ReviewError(BUSY) from second
    if not opened:
        raise ReviewError(OVER)
    audit.record("review.taken_up", by=by, at=at, subject=("run", run.public_id))


def can_be_taken_up(run: ReviewRun, *, at: datetime.datetime) -> bool:
    """Whether it was cancelled a short while ago and by the rules that are installed."""
    cancelled = run.state == ReviewRun.State.CANCELLED
    return cancelled and run.rules_version == RULES_VERSION and run.started_at > at - RESUMABLE


def last_checked_at(link: Link, finding: Finding | None) -> datetime.datetime | None:
    """When its present data were last compared; None before the first check, whatever ran before it came."""
    if not link.was_checked or finding is None:
        return None
    ended: datetime.datetime | None = ReviewRun.objects.covering(link).aggregate(last=Max("finished_at"))[
        "last"
    ]
    return max(ended, finding.found_at) if ended else finding.found_at
