"""Who receives a notice: found when it is sent, by the function that settings.NOTICE_RECIPIENTS names."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Recipient:
    """A sign-in that is told, its proven address, and how else it is reached."""

    user_id: int
    email: str
    phone: str = ""
    pushes: bool = False  # whether a browser of theirs asked to be told
    neutral: bool = False  # what is written to them says that there is a message, and no more


@dataclass(frozen=True, slots=True)
class About:
    """Whom and what something is told about: the subject is a kind and a public id, the area may be empty."""

    resident_id: int
    subject: tuple[str, str] = ("", "")
    area: str = ""


def recipients_of(told: Sequence[About], *, on: datetime.date) -> list[list[Recipient]]:
    """For each of them everyone who is told on that day, in as many queries for many as for one."""
    resolve = import_string(settings.NOTICE_RECIPIENTS)
    found: list[list[Recipient]] = resolve(told, on=on)
    return found
