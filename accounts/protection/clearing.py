"""Staff look at a protected person only after a second one let them, for a purpose, for half an hour.

Whoever looks somebody up calls `require` before anything of the person is shown; where it refuses, `ask`.
"""

import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import Clearance, Resident, User
from accounts.proposals.keeping import decide, keep
from accounts.protection.deciding import MEANWHILE, OWN_AFFAIR, WHY, allow
from accounts.refusal import AccountError
from accounts.subjects import is_own_affair

State = Clearance.State
# the person reads these as one reason
BECAUSE_OF_A_REQUEST = (Clearance.Purpose.CALL, Clearance.Purpose.COUNTER)
SECOND_PERSON = _("This person is under protection. A second person has to let you look, for half an hour.")


def needed(resident: Resident, *, on: datetime.date) -> bool:
    """Whether a protection covers the person on that day."""
    return Resident.objects.covered(on=on).filter(pk=resident.pk).exists()


def is_cleared(resident: Resident, *, by: User, at: datetime.datetime) -> bool:
    """Whether this member of staff may look at the person now; their own affair they never may."""
    if is_own_affair(by, resident.pk, on=localdate(at)):
        return False
    cleared = Clearance.objects.standing(at=at).of(by).filter(resident=resident)
    return not needed(resident, on=localdate(at)) or cleared.exists()


def require(resident: Resident, *, by: User, at: datetime.datetime) -> None:
    """AccountError where the member of staff may not look at the person now."""
    if is_own_affair(by, resident.pk, on=localdate(at)):
        raise AccountError(OWN_AFFAIR)
    if not is_cleared(resident, by=by, at=at):
        raise AccountError(SECOND_PERSON)


@transaction.atomic
def ask(*, resident: Resident, purpose: str, reason: str, by: User, at: datetime.datetime) -> Clearance:
    """Ask a second person; AccountError where the same member of staff waits for one already."""
    allow(resident.pk, right="protection.look", by=by, at=at)
    outlived = Clearance.objects.of(by).filter(resident=resident, state=State.WAITING)
    outlived.exclude(pk__in=Clearance.objects.waiting(at=at).values("pk")).delete()
    clearance = keep(resident.clearances, purpose=purpose, reason=reason, by=by, at=at)
    note(clearance, "protection.look_asked", by=by, at=at)
    return clearance


@transaction.atomic
def let(*, clearance: Clearance, by: User, at: datetime.datetime) -> Clearance:
    """The colleague may look from now on, for half an hour."""
    return answered(clearance, State.APPROVED, "protection.look_allowed", by=by, at=at)


@transaction.atomic
def refuse(*, clearance: Clearance, by: User, at: datetime.datetime) -> Clearance:
    """The colleague may not."""
    return answered(clearance, State.RETURNED, "protection.look_refused", by=by, at=at)


def answered(
    clearance: Clearance, state: Clearance.State, verb: str, *, by: User, at: datetime.datetime
) -> Clearance:
    """A second person with the right, and no stake in it, decides about what still waits."""
    allow(clearance.resident_id, right="protection.approve", by=by, at=at)
    waiting = Clearance.objects.waiting(at=at).select_for_update(of=("self",)).filter(pk=clearance.pk)
    if not waiting:
        raise AccountError(MEANWHILE)
    decided = decide(waiting, state, by=by, at=at)
    note(decided, verb, by=by, at=at)
    return decided


def note(clearance: Clearance, verb: str, *, by: User, at: datetime.datetime) -> None:
    """Write it into the person's trail, with the purpose and without the reason."""
    audit.record(
        verb,
        by=by,
        at=at,
        resident=clearance.resident_id,
        subject=("clearance", clearance.public_id),
        purpose=WHY if clearance.purpose in BECAUSE_OF_A_REQUEST else "",
        on_behalf=False,
    )
