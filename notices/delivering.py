"""Delivers notices: each delivery is claimed before it is sent, so that workers neither race nor lose one.

The database is the state and messages are hints. When a worker dies between sending and marking, the next one
repeats that delivery under the same key: at least once, and recognisable.
"""

import datetime
import logging

from django.conf import settings
from django.db import DatabaseError
from django.db.models import F, Min
from django.utils import timezone
from django.utils.crypto import salted_hmac

from notices.channels import CHANNELS
from notices.channels.message import Message, Refused, Unreachable
from notices.codes import code_of
from notices.models import Delivery, Notice, Preference
from notices.recipients import Recipient, recipients_of
from notices.wording import letter

logger = logging.getLogger(__name__)
State = Delivery.State

# doubling from half a minute, ten tries end after four hours and a quarter
MOST_TRIES = 10
FIRST_WAIT = datetime.timedelta(seconds=30)


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
    """Try every delivery of the notice that is due, then settle it or say when it is due again."""
    subject = (notice.subject_kind, notice.subject_id)
    today = timezone.localdate()
    recipients = recipients_of(notice.resident_id, on=today, subject=subject, area=notice.area)
    told = {who.user_id: who for who in recipients}
    write_deliveries(notice, list(told))
    for delivery in Delivery.objects.of(notice).due(at=timezone.now()).order_by("id"):
        if claim(delivery, notice):
            attempt(delivery, notice, told.get(delivery.recipient_id))
    settle(notice)


def write_deliveries(notice: Notice, user_ids: list[int]) -> None:
    """One row for each person and channel, once; the unique constraint is the referee between two workers."""
    if Delivery.objects.of(notice).exists():
        return
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
                due_at=now,
            )
            for user in user_ids
            for channel in CHANNELS
        ],
        ignore_conflicts=True,
    )


def claim(delivery: Delivery, notice: Notice) -> bool:
    """Whether this worker may send it now: one statement decides, and the claim runs out by itself."""
    now = timezone.now()
    mine = Delivery.objects.of(notice).due(at=now).filter(pk=delivery.pk, tries=delivery.tries)
    claimed = mine.update(
        state=State.SENDING, tries=F("tries") + 1, changed_at=now, due_at=now + stuck_after()
    )
    delivery.tries += claimed
    return bool(claimed)


def attempt(delivery: Delivery, notice: Notice, recipient: Recipient | None) -> None:
    """Send a claimed delivery once and write down what came of it."""
    if recipient is None:
        return mark(delivery, notice, State.GIVEN_UP, reason="This person is no longer told.")
    if delivery.tries > MOST_TRIES:
        return mark(delivery, notice, State.GIVEN_UP, reason="No try came to an end.")
    try:
        CHANNELS[delivery.channel](message(delivery, notice, recipient))
    except Refused as problem:
        mark(delivery, notice, State.GIVEN_UP, reason=str(problem))
    except Unreachable as problem:
        state = State.FAILED if delivery.tries < MOST_TRIES else State.GIVEN_UP
        mark(delivery, notice, state, reason=str(problem))
    else:
        mark(delivery, notice, State.ACCEPTED)


def message(delivery: Delivery, notice: Notice, recipient: Recipient) -> Message:
    """The words for this person, with a key that a repeat carries again and that reveals no counter."""
    code = code_of(notice.public_id) if notice.code_digest and not recipient.neutral else ""
    language = language_of(recipient.user_id)
    letter_ = letter(notice.kind, language=language, code=code, neutral=recipient.neutral)
    subject = f"{delivery.channel}:{notice.pk}:{recipient.user_id}"
    key = salted_hmac("notices.delivery", subject, algorithm="sha256").hexdigest()[:32]
    return Message(to=recipient.email, subject=letter_.subject, text=letter_.text, key=key)


def language_of(user_id: int) -> str:
    """The language in which this sign-in wants to be spoken to."""
    chosen = Preference.objects.filter(user_id=user_id).values_list("language", flat=True).first()
    return chosen or settings.LANGUAGE_CODE


def mark(delivery: Delivery, notice: Notice, state: Delivery.State, *, reason: str = "") -> None:
    """Write the outcome of this worker's own try; a claim that somebody took over is left alone."""
    now = timezone.now()
    mine = Delivery.objects.of(notice).filter(pk=delivery.pk, state=State.SENDING, tries=delivery.tries)
    due_at = now + wait_after(delivery.tries) if state == State.FAILED else None
    mine.update(state=state, reason=reason[:200], changed_at=now, due_at=due_at)


def wait_after(tries: int) -> datetime.timedelta:
    """How long to wait after so many tries: each time twice as long."""
    return FIRST_WAIT * (1 << (tries - 1))


def settle(notice: Notice) -> None:
    """Settle a notice whose deliveries all ended; else it is due when the first of them is."""
    next_at = Delivery.objects.of(notice).open().aggregate(first=Min("due_at"))["first"]
    changes = {"due_at": next_at} if next_at else {"settled_at": timezone.now()}
    Notice.objects.unsettled().just(notice).update(**changes)


def take_overdue(*, most: int) -> list[int]:
    """The ids of so many overdue notices, which are not overdue again before a delivery could get stuck."""
    now = timezone.now()
    ids = list(Notice.objects.due(at=now).values_list("pk", flat=True)[:most])
    Notice.objects.unsettled().filter(pk__in=ids).update(due_at=now + stuck_after())
    return ids


def stuck_after() -> datetime.timedelta:
    """How long a delivery may take before its worker counts as lost."""
    return datetime.timedelta(seconds=settings.NOTICE_STUCK_AFTER)
