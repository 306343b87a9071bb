"""Delivers notices: each delivery is claimed before it is sent, so that workers neither race nor lose one.

The database is the state and messages are hints. When a worker dies between sending and marking, the next one
repeats that delivery under the same key: at least once, and recognisable.
"""

import datetime
import logging
from collections.abc import Mapping

from django.conf import settings
from django.db import DatabaseError
from django.db.models import F, Min
from django.utils import timezone
from django.utils.crypto import salted_hmac
from prometheus_client import Counter

from notices.channels import CHANNELS
from notices.channels.message import Message, Refused, Unreachable
from notices.codes import code_of
from notices.ladder import Step, missing
from notices.models import LETTER, Delivery, Notice, Preference
from notices.policy import policy
from notices.recipients import Recipient, recipients_of
from notices.ways import not_before, ways_of
from notices.wording import letter

logger = logging.getLogger(__name__)
State = Delivery.State

# doubling from half a minute, ten tries end after four hours and a quarter
MOST_TRIES = 10
TRIED = Counter("portal_deliveries", "Tries to deliver, by what came of them", ["channel", "state"])
FIRST_WAIT = datetime.timedelta(seconds=30)
NO_WORD = "The provider accepted it and said no more."


def deliver_all(notice_ids: list[int]) -> None:
    """Deliver those that are not settled; one that cannot be delivered does not keep the others waiting."""
    for notice in Notice.objects.unsettled().filter(pk__in=notice_ids).order_by("id"):
        try:
            deliver(notice)
        except DatabaseError:
            raise
        except Exception as problem:
            # the claim runs out, the sweep tries again; the class only, for a message may name a person
            logger.error("Notice %s could not be delivered: %s", notice.pk, type(problem).__name__)


def deliver(notice: Notice) -> None:
    """Try every delivery that is due, go on to the next channel where one failed, then settle the notice."""
    subject = (notice.subject_kind, notice.subject_id)
    today = timezone.localdate()
    recipients = recipients_of(notice.resident_id, on=today, subject=subject, area=notice.area)
    told = {who.user_id: who for who in recipients}
    chosen = preferences_of(list(told))
    how = policy(notice.kind, notice.area)
    ways = ways_of(recipients, chosen, how)
    rows = list(Delivery.objects.of(notice).order_by("id"))
    while True:
        if steps := missing(rows, ways, printed=how.printed):
            now = timezone.now()
            rows = write_deliveries(
                notice, {step: not_before(chosen.get(step[0] or 0), how, now) for step in steps}
            )
        due = [row for row in rows if is_due(row)]
        claimed = [row for row in due if claim(row, notice)]
        for row in claimed:
            who = row.recipient_id or 0
            attempt(row, notice, told.get(who), language_in(chosen.get(who)))
        if not claimed:
            break
    settle(notice)


def is_due(row: Delivery) -> bool:
    """Whether it may be tried now, or word about it is overdue."""
    return row.due_at is not None and row.due_at <= timezone.now()


def write_deliveries(notice: Notice, steps: Mapping[Step, datetime.datetime]) -> list[Delivery]:
    """All rows, with one for each step: unique constraints are the referee between two workers."""
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
            for (user, channel), due_at in steps.items()
        ],
        ignore_conflicts=True,
    )
    return list(Delivery.objects.of(notice).order_by("id"))


def claim(delivery: Delivery, notice: Notice) -> bool:
    """Whether this worker may send it now: one statement decides, and the claim runs out by itself.

    What its provider accepted is not sent again: that no word came in time counts as a failure.
    """
    now = timezone.now()
    mine = Delivery.objects.of(notice).due(at=now).filter(pk=delivery.pk, tries=delivery.tries)
    if delivery.state == State.ACCEPTED:
        changes = {"state": State.GIVEN_UP, "reason": NO_WORD, "changed_at": now, "due_at": None}
        delivery.state, delivery.due_at = State.GIVEN_UP, None
        return bool(mine.filter(state=State.ACCEPTED).update(**changes))
    due_at = now + stuck_after()
    claimed = mine.exclude(state=State.ACCEPTED).update(
        state=State.SENDING, tries=F("tries") + 1, changed_at=now, due_at=due_at
    )
    delivery.tries += claimed
    if claimed:
        delivery.state, delivery.due_at = State.SENDING, due_at
    return bool(claimed)


def attempt(delivery: Delivery, notice: Notice, recipient: Recipient | None, language: str = "") -> None:
    """Send a claimed delivery once and write down what came of it."""
    if delivery.state == State.GIVEN_UP:
        return None
    channel = CHANNELS.get(delivery.channel)
    if recipient is None or channel is None or not channel.address(recipient):
        return mark(delivery, notice, State.GIVEN_UP, reason="This person is no longer told.")
    if delivery.tries > MOST_TRIES:
        return mark(delivery, notice, State.GIVEN_UP, reason="No try came to an end.")
    try:
        to = channel.address(recipient)
        reference = channel.send(message(delivery, notice, recipient, to=to, language=language))
    except Refused as problem:
        mark(delivery, notice, State.REFUSED, reason=str(problem))
    except Unreachable as problem:
        state = State.FAILED if delivery.tries < MOST_TRIES else State.GIVEN_UP
        mark(delivery, notice, state, reason=str(problem))
    else:
        mark(delivery, notice, State.ACCEPTED, reference=reference)


def message(delivery: Delivery, notice: Notice, recipient: Recipient, *, to: str, language: str) -> Message:
    """The words for this person, with a key that a repeat carries again and that reveals no counter."""
    code = code_of(notice.public_id) if notice.code_digest and not recipient.neutral else ""
    words = letter(
        notice.kind, language=language or settings.LANGUAGE_CODE, code=code, neutral=recipient.neutral
    )
    subject = f"{delivery.channel}:{notice.pk}:{recipient.user_id}"
    key = salted_hmac("notices.delivery", subject, algorithm="sha256").hexdigest()[:32]
    return Message(to=to, subject=words.subject, text=words.text, short=words.short, key=key)


def preferences_of(user_ids: list[int]) -> dict[int, Preference]:
    """What these sign-ins chose, by their ids."""
    return {chosen.user_id: chosen for chosen in Preference.objects.filter(user__in=user_ids)}


def language_in(chosen: Preference | None) -> str:
    """The language that was chosen, or the service's."""
    return chosen.language if chosen else settings.LANGUAGE_CODE


def language_of(user_id: int) -> str:
    """The language in which this sign-in wants to be spoken to."""
    return language_in(preferences_of([user_id]).get(user_id))


def mark(
    delivery: Delivery, notice: Notice, state: Delivery.State, *, reason: str = "", reference: str = ""
) -> None:
    """Write the outcome of this worker's own try; a claim that somebody took over is left alone."""
    now = timezone.now()
    mine = Delivery.objects.of(notice).filter(pk=delivery.pk, state=State.SENDING, tries=delivery.tries)
    due_at = due_after(delivery, state, now)
    if mine.update(state=state, due_at=due_at, reason=reason[:200], reference=reference, changed_at=now):
        delivery.state, delivery.due_at = state, due_at
        TRIED.labels(delivery.channel, state.value).inc()


def due_after(delivery: Delivery, state: Delivery.State, now: datetime.datetime) -> datetime.datetime | None:
    """When to try it again; where the provider reports what arrived, until when its word is awaited."""
    if state == State.FAILED:
        return now + wait_after(delivery.tries)
    if state == State.ACCEPTED and delivery.channel in settings.NOTICE_REPORTED:
        return now + datetime.timedelta(seconds=settings.NOTICE_SILENCE_AFTER)
    return None


def wait_after(tries: int) -> datetime.timedelta:
    """How long to wait after so many tries: each time twice as long."""
    return FIRST_WAIT * (1 << (tries - 1))


def settle(notice: Notice) -> None:
    """Settle a notice whose deliveries all ended; else it is due when the first of them is."""
    next_at = Delivery.objects.of(notice).open().aggregate(first=Min("due_at"))["first"]
    changes = {"due_at": next_at} if next_at else {"settled_at": timezone.now()}
    Notice.objects.unsettled().just(notice).update(**changes)


def take_overdue(*, most: int, bulk: bool = False) -> list[int]:
    """The ids of so many overdue notices, which are not overdue again before a delivery could get stuck."""
    now = timezone.now()
    ids = list(Notice.objects.due(at=now, bulk=bulk).values_list("pk", flat=True)[:most])
    Notice.objects.unsettled().filter(pk__in=ids).update(due_at=now + stuck_after())
    return ids


def stuck_after() -> datetime.timedelta:
    """How long a delivery may take before its worker counts as lost."""
    return datetime.timedelta(seconds=settings.NOTICE_STUCK_AFTER)
