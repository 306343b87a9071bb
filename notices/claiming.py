"""Who may deliver what, and what came of it: each step is one statement or two, however many it is about.

A notice is taken and a delivery is claimed until a moment; when a worker dies the moment passes, and another
one repeats under the same keys. Whoever was overtaken changes nothing any more: `tries` says whose try it is.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from prometheus_client import Counter

from notices.ladder import Step
from notices.models import LETTER, Delivery, DeliveryQuerySet, Notice

State = Delivery.State

# doubling from half a minute, ten tries end after four hours and a quarter
MOST_TRIES = 10
FIRST_WAIT = datetime.timedelta(seconds=30)
TRIED = Counter("portal_deliveries", "Tries to deliver, by what came of them", ["channel", "state"])
NO_WORD = "The provider accepted it and said no more."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try; `reference` is the number by which the provider knows the message."""

    row: Delivery
    state: Delivery.State
    reason: str = ""
    reference: str = ""


def take(*, most: int, bulk: bool = False) -> list[Notice]:
    """So many notices that are due, the longest overdue first; nobody else is given them for a while."""
    now = timezone.now()
    with transaction.atomic():
        due = Notice.objects.due(at=now, bulk=bulk).select_for_update(skip_locked=True)
        notices = list(due[:most])
        if notices:
            Notice.objects.these(notices).update(due_at=now + stuck_after())
    return notices


def write_deliveries(steps: Mapping[tuple[Notice, Step], datetime.datetime]) -> None:
    """A row for each step of a notice, due from then on; constraints are the referee between two workers."""
    now = timezone.now()
    Delivery.objects.bulk_create(
        [
            Delivery(
                notice=notice,
                noticed_at=notice.created_at,
                resident_id=notice.resident_id,
                recipient_id=user,
                channel=channel,
                changed_at=now,
                due_at=None if channel == LETTER else due_at,
            )
            for (notice, (user, channel)), due_at in steps.items()
        ],
        ignore_conflicts=True,
    )


def claim(rows: Sequence[Delivery]) -> list[Delivery]:
    """Those of the rows that this worker may send now, as they are after that."""
    if not rows:
        return []
    now = timezone.now()
    with transaction.atomic():
        due = Delivery.objects.these(rows).due(at=now).exclude(state=State.ACCEPTED)
        mine = list(due.select_for_update(skip_locked=True).order_by("id"))
        due_at = now + stuck_after()
        Delivery.objects.these(mine).update(
            state=State.SENDING, tries=F("tries") + 1, changed_at=now, due_at=due_at
        )
    for row in mine:
        row.state, row.tries, row.due_at = State.SENDING, row.tries + 1, due_at
    return mine


def give_up_silent(rows: Iterable[Delivery]) -> int:
    """That no word came in time of what was accepted counts as a failure; how many that are."""
    accepted = [row for row in rows if row.state == State.ACCEPTED]
    if not accepted:
        return 0
    now = timezone.now()
    silent = Delivery.objects.these(accepted).due(at=now).filter(state=State.ACCEPTED)
    return silent.update(state=State.GIVEN_UP, reason=NO_WORD, changed_at=now, due_at=None)


def release(rows: Iterable[Delivery]) -> None:
    """Give back what was claimed and not tried."""
    now = timezone.now()
    same: dict[int, list[Delivery]] = defaultdict(list)
    for row in rows:
        same[row.tries].append(row)
    for tries, some in same.items():
        own(some, tries).update(state=State.QUEUED, tries=tries - 1, changed_at=now, due_at=now)


def mark(outcomes: Iterable[Outcome]) -> None:
    """Write down what came of this worker's own tries; a claim that somebody took over is left alone."""
    now = timezone.now()
    same: dict[tuple[Delivery.State, str, str, int], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        row = outcome.row
        same[outcome.state, outcome.reason[:200], row.channel, row.tries].append(outcome)
    for (state, reason, channel, tries), some in same.items():
        due_at = due_after(channel, tries, state, now)
        marked = own([outcome.row for outcome in some], tries).update(
            state=state, due_at=due_at, reason=reason, changed_at=now, reference=references(some)
        )
        TRIED.labels(channel, state.value).inc(marked)


def own(rows: Sequence[Delivery], tries: int) -> DeliveryQuerySet:
    """Those of the rows, claimed for that try, that nobody took over."""
    return Delivery.objects.these(rows).filter(state=State.SENDING, tries=tries)


def references(outcomes: Iterable[Outcome]) -> Case | Value:
    """Each row's number, as an expression."""
    numbered = [
        When(pk=outcome.row.pk, then=Value(outcome.reference)) for outcome in outcomes if outcome.reference
    ]
    return Case(*numbered, default=Value("")) if numbered else Value("")


def due_after(
    channel: str, tries: int, state: Delivery.State, now: datetime.datetime
) -> datetime.datetime | None:
    """When to try it again; where the provider reports what arrived, until when its word is awaited."""
    if state == State.FAILED:
        return now + wait_after(tries)
    if state == State.ACCEPTED and channel in settings.NOTICE_REPORTED:
        return now + datetime.timedelta(seconds=settings.NOTICE_SILENCE_AFTER)
    return None


def wait_after(tries: int) -> datetime.timedelta:
    """How long to wait after so many tries: each time twice as long."""
    return FIRST_WAIT * (1 << (tries - 1))


def settle(notices: Mapping[Notice, Sequence[Delivery]]) -> None:
    """Settle those whose deliveries all ended; the others are due when the first of theirs is."""
    next_at = {
        notice: min((row.due_at for row in rows if row.due_at), default=None)
        for notice, rows in notices.items()
    }
    ended = [notice for notice, due_at in next_at.items() if due_at is None]
    if ended:
        Notice.objects.unsettled().these(ended).update(settled_at=timezone.now())
    if waiting := {notice: due_at for notice, due_at in next_at.items() if due_at is not None}:
        moments = [When(pk=notice.pk, then=Value(due_at)) for notice, due_at in waiting.items()]
        Notice.objects.unsettled().these(list(waiting)).update(due_at=Case(*moments))


def stuck_after() -> datetime.timedelta:
    """How long a delivery may take before its worker counts as lost."""
    return datetime.timedelta(seconds=settings.NOTICE_STUCK_AFTER)
