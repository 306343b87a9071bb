"""One question that everything asks which opens, issues or re-addresses something: is it closed now?"""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise

from accounts.models import Binding, Lock, User
from accounts.refusal import GUEST, LOCKED, AccountError


@dataclass(frozen=True, slots=True)
class Closed:
    """Why, and until when; None where only a proof of who it is opens it again."""

    until: datetime.datetime | None

    @property
    def is_locked(self) -> bool:
        """Whether somebody locked it."""
        return self.until is None

    @property
    def words(self) -> Promise:
        """The reason, fit to show."""
        return LOCKED if self.is_locked else GUEST


def closed(user: User, *, at: datetime.datetime, about: int | None = None) -> Closed | None:
    """Whether this sign-in opens nothing now, about oneself or that person; None where it may.

    Locked by the person or by oneself; connected less than 7 days ago, or disputed. Two queries at most.
    """
    locks = Lock.objects.standing()
    mine = Binding.objects.current().filter(user=user)
    either = Q(resident=OuterRef("resident")) | Q(resident=about)
    own = mine.annotate(locked=Exists(locks.filter(either))).first()
    nobody = own is None and about is not None
    if (own and own.locked) or (nobody and locks.filter(resident=about).exists()):
        return Closed(None)
    until = own.guest_until(at=at) if own else None
    return Closed(until) if until else None


def require_open(user: User, *, at: datetime.datetime, about: int | None = None) -> None:
    """AccountError with the reason where it is closed."""
    if found := closed(user, at=at, about=about):
        raise AccountError(found.words)
