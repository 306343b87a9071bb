"""Requests to a provider over HTTP: bounded in time and size, and every sort of answer told apart."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import requests

from notices.channels.message import Answer as Taken
from notices.channels.message import Message, Refused, Unreachable, answer_of

TIMEOUT = 10.0
MOST_BYTES = 16 * 1024
# the provider already has this very message
TWICE = 409
# what is wrong with the message or its address; other refusals are ours, or pass
FINAL = {400, 404, 410, 413, 422}
# so many wait for their answers at the same time
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and the beginning of the body."""

    status: int
    body: bytes


def post(url: str, headers: dict[str, str], body: bytes, *, timeout: float = TIMEOUT) -> Answer:
    """The provider's answer, wherever it does not lead elsewhere; Unreachable where none came in time."""
    limit = time.monotonic() + timeout
    try:
        with requests.post(
            url, data=body, headers=headers, timeout=timeout, allow_redirects=False, stream=True
        ) as response:
            return Answer(response.status_code, read(response, limit))
    except (requests.RequestException, OSError) as problem:
        raise Unreachable(type(problem).__name__) from problem


def read(response: requests.Response, limit: float) -> bytes:
    """The body up to a size; a provider that drips it is cut off."""
    body = bytearray()
    for piece in response.iter_content(1):
        body += piece
        if len(body) >= MOST_BYTES:
            break
        if time.monotonic() > limit:
            raise Unreachable("The answer did not end.")
    return bytes(body)


def accepted(answer: Answer) -> Answer:
    """The answer, where it says that the message was taken; Refused or Unreachable otherwise."""
    if 200 <= answer.status < 300 or answer.status == TWICE:
        return answer
    raise (Refused if answer.status in FINAL else Unreachable)(f"HTTP {answer.status}")


def side_by_side(send: Callable[[Message], str], messages: Iterable[Message]) -> Iterator[Taken]:
    """The answers in the messages' order, some asked for together; `send` must not use the database."""
    waiting = iter(messages)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while some := list(islice(waiting, AT_ONCE)):
            yield from pool.map(lambda message: answer_of(send, message), some)
