"""What every channel is given, and the two ways in which it may fail."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One text for one address; `key` is the same whenever the same delivery is tried again."""

    to: str
    subject: str
    text: str
    key: str


class Unreachable(Exception):
    """It did not work this time. The text is a reason for the operator and holds no personal data."""


class Refused(Exception):
    """It will never work. The text is a reason for the operator and holds no personal data."""
