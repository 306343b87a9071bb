"""What every channel is given, and the two ways in which it may fail."""

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
