"""How staff's pages treat somebody under protection: no place before a second person let them look."""

import datetime
from dataclasses import dataclass

from accounts.models import Clearance, Resident, User
from accounts.protection.clearing import needed


@dataclass(frozen=True, slots=True)
class Look:
    """How one member of staff stands to one person's places now; `asked`: what nobody answered them yet."""

    covered: bool = False
    cleared: bool = False
    may_ask: bool = False
    asked: Clearance | None = None

    @property
    def hidden(self) -> bool:
        """Whether the page shows no place."""
        return self.covered and not self.cleared


def look_of(user: User, resident: Resident, *, on: datetime.date, at: datetime.datetime) -> Look:
    """One query about anybody who is not under protection; of their own affairs staff are refused before."""
    if not needed(resident, on=on):
        return Look()
    own = Clearance.objects.of(user).filter(resident=resident)
    return Look(
        covered=True,
        cleared=own.standing(at=at).exists(),
        may_ask=user.may("protection.look"),
        asked=own.waiting(at=at).first(),
    )
