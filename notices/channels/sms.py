"""Text messages: an HTTP provider in production, a file for each message in development."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from notices.channels.message import Answer, Message, one_by_one, taken
from notices.channels.posting import accepted, post, side_by_side


def send(message: Message) -> str:
    """Hand one text over; the provider's number of it."""
    return taken(send_all([message]))


def send_all(messages: Iterable[Message]) -> Iterator[Answer]:
    """Hand texts to what settings.SMS_URL names, some at a time."""
    parts = urlsplit(settings.SMS_URL)
    if parts.scheme == "file":
        return one_by_one(lambda message: write(message, Path(parts.path)), messages)
    return side_by_side(hand_over, messages)


def hand_over(message: Message) -> str:
    """POST {"to", "text"} as JSON; the key lets the provider know a repeat, which it may answer with 409."""
    headers = {
        "Authorization": f"Bearer {settings.SMS_KEY}",
        "Content-Type": "application/json",
        "Idempotency-Key": message.key,
    }
    body = json.dumps({"to": message.to, "text": message.short}, ensure_ascii=False).encode()
    answer = accepted(post(settings.SMS_URL, headers, body))
    return reference_in(answer.body)


def reference_in(body: bytes) -> str:
    """The `id` of the answer; empty where it has none, for the message is taken all the same."""
    try:
        answer = json.loads(body)
    except ValueError:
        return ""
    number = answer.get("id", "") if isinstance(answer, dict) else ""
    return str(number)[:100] if isinstance(number, str | int) else ""


def write(message: Message, folder: Path) -> str:
    """One file a message, named by its key: a repeat writes the same file again."""
    folder.mkdir(parents=True, exist_ok=True)
    passing = folder / f".{message.key}.{os.getpid()}"
    passing.write_text(f"{message.to}\n\n{message.short}\n", encoding="utf-8")
    passing.replace(folder / f"{message.key}.txt")
    return message.key
