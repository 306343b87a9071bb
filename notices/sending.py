"""Hands claimed deliveries over to their channels, and writes down what came of each while it goes."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from notices.channels import CHANNELS, Channel
from notices.channels.message import Answer, Message, Refused, Unreachable
from notices.claiming import MOST_TRIES, Outcome, mark, release
from notices.codes import code_of
from notices.models import Delivery, Notice
from notices.recipients import Recipient
from notices.wording import letter

State = Delivery.State
# what is sent is written down no later than this: a worker that dies has so many seconds repeated
SECONDS_UNWRITTEN = 0.5


@dataclass(frozen=True, slots=True)
class Item:
    """A claimed delivery, what it tells, to whom (None: to nobody any more), and in which language."""

    row: Delivery
    notice: Notice
    recipient: Recipient | None
    language: str


def send(items: Iterable[Item], *, end: float) -> None:
    """Send each once, by channel; what finds no time before that moment is given back."""
    by_channel: dict[str, list[Item]] = {code: [] for code in CHANNELS}
    ended = []
    for item in items:
        if reason := hindrance(item):
            ended.append(Outcome(item.row, State.GIVEN_UP, reason))
        else:
            by_channel[item.row.channel].append(item)
    mark(ended)
    for code, some in by_channel.items():
        if some:
            send_by(CHANNELS[code], some, end=end)


def hindrance(item: Item) -> str:
    """Why it is not even tried; empty where it is."""
    channel = CHANNELS.get(item.row.channel)
    if item.recipient is None or channel is None or not channel.address(item.recipient):
        return "This person is no longer told."
    return "No try came to an end." if item.row.tries > MOST_TRIES else ""


def send_by(channel: Channel, items: Sequence[Item], *, end: float) -> None:
    """Send them by one channel."""
    answers = channel.send_all(messages(channel, items, end=end))
    outcomes: list[Outcome] = []
    answered, written = 0, time.monotonic()
    for item, answer in zip(items, answers, strict=False):
        outcomes.append(outcome_of(item.row, answer))
        answered += 1
        if time.monotonic() - written > SECONDS_UNWRITTEN:
            mark(outcomes)
            outcomes, written = [], time.monotonic()
    mark(outcomes)
    release([item.row for item in items[answered:]])


def messages(channel: Channel, items: Iterable[Item], *, end: float) -> Iterator[Message]:
    """The messages to hand over, one after the other; none any more after that moment."""
    for item in items:
        if time.monotonic() > end:
            return
        yield message(item, channel)


def message(item: Item, channel: Channel) -> Message:
    """The words for this person, with a key that a repeat carries again and that reveals no counter."""
    notice, who = item.notice, item.recipient
    assert who is not None  # hindrance()
    code = code_of(notice.public_id) if notice.code_digest and not who.neutral else ""
    words = letter(notice.kind, language=item.language, code=code, neutral=who.neutral)
    subject = f"{item.row.channel}:{notice.pk}:{who.user_id}"
    key = salted_hmac("notices.delivery", subject, algorithm="sha256").hexdigest()[:32]
    return Message(
        to=channel.address(who), subject=words.subject, text=words.text, short=words.short, key=key
    )


def outcome_of(row: Delivery, answer: Answer) -> Outcome:
    """What an answer means for a delivery."""
    if isinstance(answer, Refused):
        return Outcome(row, State.REFUSED, str(answer))
    if isinstance(answer, Unreachable):
        return Outcome(row, State.FAILED if row.tries < MOST_TRIES else State.GIVEN_UP, str(answer))
    return Outcome(row, State.ACCEPTED, reference=answer)
