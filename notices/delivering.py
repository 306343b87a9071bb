"""Delivers notices, many together: what a step costs in queries does not depend on how many they are.

The database is the state and messages are hints. When a worker dies between sending and marking, the next one
repeats that delivery under the same key: at least once, and recognisable.
"""

import datetime
import logging
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from notices.claiming import claim, give_up_silent, settle, stuck_after, write_deliveries
from notices.ladder import Step, missing
from notices.models import Delivery, Notice, Preference
from notices.policy import Policy, policy
from notices.recipients import About, Recipient, recipients_of
from notices.sending import Item, send
from notices.ways import not_before, ways_of

logger = logging.getLogger(__name__)
Rows = dict[Notice, list[Delivery]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How one notice is told: to whom, by which channels, and what they chose; all by the sign-in's id."""

    recipients: dict[int, Recipient]
    chosen: dict[int, Preference]
    ways: dict[int, list[str]]
    policy: Policy

    def not_before(self, step: Step, now: datetime.datetime) -> datetime.datetime:
        """When that step may be tried."""
        return not_before(self.chosen.get(step[0] or 0), self.policy, now)


def deliver_all(notices: Sequence[Notice]) -> None:
    """Deliver them together; where that fails, each by itself, so that none keeps the others waiting."""
    try:
        deliver_together(notices)
    except DatabaseError:
        raise
    except Exception as problem:
        # the claim runs out, the sweep tries again; the class only, for a message may name a person
        if len(notices) == 1:
            logger.error("Notice %s could not be delivered: %s", notices[0].pk, type(problem).__name__)
        else:
            for notice in notices:
                deliver_all([notice])


def deliver_together(notices: Sequence[Notice]) -> None:
    """Try every delivery that is due, go on to the next channel where one failed, then settle the notices.

    Ends in time: what it was given is not given to another worker meanwhile.
    """
    if not notices:
        return
    end = time.monotonic() + stuck_after().total_seconds() / 2
    plans = planned(notices)
    while True:
        rows = with_next_steps(plans)
        due = [row for some in rows.values() for row in some if is_due(row)]
        if time.monotonic() > end or not due or not try_all(due, plans, end=end):
            break
    settle(rows)


def planned(notices: Sequence[Notice]) -> dict[Notice, Plan]:
    """How each is told; KeyError for a kind that has no words."""
    policies = {notice: policy(notice.kind, notice.area) for notice in notices}
    about = [
        About(notice.resident_id, (notice.subject_kind, notice.subject_id), notice.area) for notice in notices
    ]
    recipients = recipients_of(about, on=timezone.localdate())
    chosen = preferences_of({who.user_id for some in recipients for who in some})
    return {
        notice: Plan({who.user_id: who for who in some}, chosen, ways_of(some, chosen, how), how)
        for (notice, how), some in zip(policies.items(), recipients, strict=True)
    }


def with_next_steps(plans: dict[Notice, Plan]) -> Rows:
    """The deliveries of each, with those that have their turn now."""
    rows = rows_of(list(plans))
    now = timezone.now()
    steps = {
        (notice, step): plan.not_before(step, now)
        for notice, plan in plans.items()
        for step in missing(rows[notice], plan.ways, printed=plan.policy.printed)
    }
    if not steps:
        return rows
    write_deliveries(steps)
    return rows_of(list(plans))


def rows_of(notices: Sequence[Notice]) -> Rows:
    """The deliveries of each in the order in which they were written."""
    found: dict[int, list[Delivery]] = defaultdict(list)
    for row in Delivery.objects.of_all(notices).order_by("id"):
        found[row.notice_id].append(row)
    return {notice: found[notice.pk] for notice in notices}


def is_due(row: Delivery) -> bool:
    """Whether it may be tried now, or word about it is overdue."""
    return row.due_at is not None and row.due_at <= timezone.now()


def try_all(due: Sequence[Delivery], plans: dict[Notice, Plan], *, end: float) -> bool:
    """Send those that nobody else sends, until that moment of the steady clock; whether anything moved."""
    silent = give_up_silent(due)
    claimed = claim(due)
    by_id = {notice.pk: notice for notice in plans}
    items = []
    for row in claimed:
        plan, who = plans[by_id[row.notice_id]], row.recipient_id or 0
        items.append(
            Item(row, by_id[row.notice_id], plan.recipients.get(who), language_in(plan.chosen.get(who)))
        )
    send(items, end=end)
    return bool(silent or claimed)


def preferences_of(user_ids: set[int]) -> dict[int, Preference]:
    """What these sign-ins chose, by their ids."""
    return {chosen.user_id: chosen for chosen in Preference.objects.filter(user__in=user_ids)}


def language_in(chosen: Preference | None) -> str:
    """The language that was chosen, or the service's."""
    return chosen.language if chosen else settings.LANGUAGE_CODE


def language_of(user_id: int) -> str:
    """The language in which this sign-in wants to be spoken to."""
    return language_in(preferences_of({user_id}).get(user_id))
