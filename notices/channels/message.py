"""What every channel is given, and the two ways in which it may fail."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One text for one address, long and short; `key` is the same at each try of one delivery."""

    to: str
    subject: str
    text: str
    key: str
    short: str = ""


class Unreachable(Exception):
    """It did not work this time. The text is a reason for the operator and holds no personal data."""


class Refused(Exception):
    """It will never work. The text is a reason for the operator and holds no personal data."""


# the number by which the provider knows a message (empty where it gives none), or why it did not take it
Answer = str | Unreachable | Refused


def answer_of(send: Callable[[Message], str], message: Message) -> Answer:
    """What came of handing one message over."""
    try:
        return send(message)
    except (Unreachable, Refused) as problem:
        return problem


def taken(answers: Iterable[Answer]) -> str:
    """The number of the one message; raises why it was not taken."""
    (answer,) = answers
    if isinstance(answer, str):
        return answer
    raise answer


def one_by_one(send: Callable[[Message], str], messages: Iterable[Message]) -> Iterator[Answer]:
    """The answers in the messages' order; the next is asked for when the one before was answered."""
    for message in messages:
        yield answer_of(send, message)
