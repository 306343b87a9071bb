"""Who receives a notice: found when it is sent, by the function that settings.NOTICE_RECIPIENTS names."""

import datetime
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


def recipients_of(
    resident_id: int, *, on: datetime.date, subject: tuple[str, str] = ("", ""), area: str = ""
) -> list[Recipient]:
    """Everyone who is told about the resident on that day, that subject (kind, public id) and that area."""
    resolve = import_string(settings.NOTICE_RECIPIENTS)
    found: list[Recipient] = resolve(resident_id, on=on, subject=subject, area=area)
    return found
