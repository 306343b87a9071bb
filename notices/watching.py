"""How the outbox is doing: what waits, since when, how fast it goes, and what fails where."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from notices.models import Delivery, Notice

# figures are of the last so many messages, and counting ends somewhere, whatever the tables hold
LAST = 5_000
COUNTED = 100_000
QUICK = datetime.timedelta(seconds=10)
FAILED = (Delivery.State.FAILED, Delivery.State.REFUSED, Delivery.State.RETURNED, Delivery.State.GIVEN_UP)


@dataclass(frozen=True, slots=True)
class Lane:
    """Notices that wait: how many (no more than COUNTED), and since when the longest overdue."""

    waiting: int
    oldest: datetime.datetime | None

    @property
    def is_more(self) -> bool:
        """Whether there are more than were counted."""
        return self.waiting == COUNTED


@dataclass(frozen=True, slots=True)
class Figures:
    """Both lanes; of the last messages: how many, of single ones the share accepted in time, and failures.

    `quick` is between 0 and 1, None where there were none; `states` by channel and state, `failures` by
    channel and reason, the most first.
    """

    single: Lane
    bulk: Lane
    messages: int
    quick: float | None
    states: list[tuple[str, str, int]]
    failures: list[tuple[str, str, int]]


def figures() -> Figures:
    """What can be said now; six queries at most."""
    last = list(Delivery.objects.order_by("-id")[:LAST])
    single = singles(last)
    accepted = [each for each in last if each.state in Delivery.ARRIVED and each.notice_id in single]
    quick = sum(each.changed_at - each.noticed_at <= QUICK for each in accepted)
    states = Counter((each.channel, str(each.get_state_display())) for each in last)
    failures = Counter((each.channel, each.reason) for each in last if each.state in FAILED and each.reason)
    return Figures(
        single=lane(Notice.objects.unsettled().filter(bulk=False)),
        bulk=lane(Notice.objects.unsettled().filter(bulk=True)),
        messages=len(last),
        quick=quick / len(accepted) if accepted else None,
        states=[(*key, count) for key, count in sorted(states.items())],
        failures=[(*key, count) for key, count in failures.most_common(20)],
    )


def singles(last: list[Delivery]) -> set[int]:
    """Which of their notices belong to no fan-out."""
    if not last:
        return set()
    since = min(each.noticed_at for each in last)
    ids = {each.notice_id for each in last}
    return set(
        Notice.objects.filter(pk__in=ids, created_at__gte=since, bulk=False).values_list("pk", flat=True)
    )


def lane(notices: QuerySet[Notice]) -> Lane:
    """What waits in it."""
    oldest = notices.order_by("due_at").values_list("created_at", flat=True).first()
    return Lane(notices.values("pk")[:COUNTED].count(), oldest)
