"""What is known about a person when they ask for a certificate."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from certificates.calendars import birthday, months_later
from certificates.schemes import EMPLOYEES, Scheme
from certificates.validity import LATE_STAGE_AT, residence_limit

GRACE_MONTHS = 3


class Card(StrEnum):
    """What a person has of an individual number card."""

    NONE = "none"
    VALID = "valid"
    LOST = "lost"
    RENEWING = "renewing"
    RETURNED = "returned"


class Registration(StrEnum):
    """Whether the card is registered as health insurance."""

    REGISTERED = "registered"
    NOT_REGISTERED = "not_registered"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class Paper(StrEnum):
    """What the person says of a certificate that they were given before."""

    NONE = "none"
    GOOD = "good"
    DAMAGED = "damaged"
    LOST = "lost"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known about one person on one day; `scheme` is None where no insurance is on record."""

    today: date
    birth_on: date
    scheme: Scheme | None
    card: Card
    registration: Registration = Registration.REGISTERED
    card_certificate_expires_on: date | None = None
    residence_ends_on: date | None = None
    renewal_pending: bool = False
    needs_helper: bool = False
    paper: Paper = Paper.NONE
    running_until: date | None = None
    insurance_held: bool = False
    entitled_until: date | None = None
    without_employer: bool = False  # voluntary continuation, or a disaster

    @property
    def stay_limit(self) -> date | None:
        """The last day on which a certificate could run for the period of stay."""
        if not self.residence_ends_on:
            return None
        return residence_limit(self.residence_ends_on, renewal_pending=self.renewal_pending)

    @property
    def grace_until(self) -> date | None:
        """The last day on which the card still works although its certificate expired."""
        if not self.card_certificate_expires_on:
            return None
        return months_later(self.card_certificate_expires_on, GRACE_MONTHS)

    @property
    def late_stage_from(self) -> date:
        """The 75th birthday, from which only the late-stage scheme insures."""
        return birthday(self.birth_on, LATE_STAGE_AT)

    @property
    def in_employees_scheme(self) -> bool:
        """Whether an employer stands between the person and the insurer."""
        return self.scheme in EMPLOYEES

    @property
    def card_usable(self) -> bool:
        """Whether the card is there and registered, and its certificate not too long expired."""
        registered = self.card is Card.VALID and self.registration is Registration.REGISTERED
        return registered and not is_past(self.grace_until, self.today)

    @property
    def paper_spoilt(self) -> bool:
        """Whether a certificate that was given before can no longer be shown."""
        return self.paper in (Paper.DAMAGED, Paper.LOST)

    @property
    def has_running(self) -> bool:
        """Whether a certificate that can be shown runs today, on record or as the person says."""
        on_record = self.running_until is not None and self.running_until >= self.today
        return not self.paper_spoilt and (on_record or self.paper is Paper.GOOD)


def is_past(day: date | None, today: date) -> bool:
    """Return whether a day is known and before today."""
    return day is not None and day < today
