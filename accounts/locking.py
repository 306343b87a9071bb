"""Locking everything in one step, and what lifts it: a proof of who one is, as for a new sign-in."""

import datetime

from django.db import IntegrityError, transaction

from accounts import audit
from accounts.models import Binding, Lock, Resident, User
from accounts.owners import tell_owner


@transaction.atomic
def lock(*, session_key: str | None, by: User, at: datetime.datetime) -> Lock | None:
    """Lock everything about whoever the sign-in belongs to, sign out everywhere else, and tell them.

    Locked already, it stays locked since then; None where the sign-in is nobody's.
    """
    resident = Resident.objects.behind(by).first()
    by.sessions.others_than(session_key).delete()
    if resident is None:
        return None
    try:
        with transaction.atomic():
            made = Lock.objects.create(resident=resident, locked_by=by, locked_at=at)
    except IntegrityError:
        return Lock.objects.standing().get(resident=resident)
    audit.record("sign_in.locked", by=by, at=at, resident=resident)
    tell_owner(user=by, kind="sign_in.locked", at=at)
    return made


def unlock(
    resident: Resident,
    *,
    how: Binding.Method,
    since: datetime.datetime,
    by: User | None,
    at: datetime.datetime,
) -> None:
    """Lift what was locked before the proof began: in the transaction of the proof."""
    locks = Lock.objects.standing().filter(resident=resident, locked_at__lte=since)
    if locks.update(lifted_at=at, lifted_how=how):
        audit.record("sign_in.unlocked", by=by, at=at, resident=resident)
        for binding in Binding.objects.current().filter(resident=resident).select_related("user"):
            tell_owner(user=binding.user, kind="sign_in.unlocked", at=at)
