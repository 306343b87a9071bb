"""What staff do about a protection: it stands from the first person's word on, and two people lift it."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import Protection, Resident, User
from accounts.protection.agents import end_stopped
from accounts.refusal import NOT_ALLOWED, AccountError
from accounts.subjects import is_own_affair
from notices.actions import tell

ALREADY = _("This person is under protection already.")
MEANWHILE = _("Somebody changed this meanwhile. Please look at it again.")
NOT_ALONE = _("You did this yourself. Another person must decide.")
# says nothing of a protection: whoever acts for the person reads it too
WHY = "counter"
OWN_AFFAIR = _("You cannot decide about yourself or your family.")


@transaction.atomic
def protect(*, resident: Resident, reason: str, by: User, at: datetime.datetime) -> Protection:
    """Hide the places of the person and the children with them at once, and end who acts for them."""
    allow(resident.pk, right="protection.work", by=by, at=at)
    try:
        with transaction.atomic():
            protection = Protection.objects.create(resident=resident, reason=reason, set_by=by, set_at=at)
    except IntegrityError as problem:
        raise AccountError(ALREADY) from problem
    note(protection, "protection.set", by=by, at=at)
    end_stopped(resident, at=at)
    return protection


@transaction.atomic
def confirm(*, protection: Protection, by: User, at: datetime.datetime) -> Protection:
    """A second person confirms that it was asked for."""
    protection = locked(protection, right="protection.approve", by=by, at=at)
    if protection.confirmed_at:
        raise AccountError(MEANWHILE)
    if protection.set_by_id == by.pk:
        raise AccountError(NOT_ALONE)
    protection.confirmed_by, protection.confirmed_at = by, at
    protection.save(update_fields=["confirmed_by", "confirmed_at"])
    note(protection, "protection.confirmed", by=by, at=at)
    return protection


@transaction.atomic
def propose_lifting(*, protection: Protection, reason: str, by: User, at: datetime.datetime) -> Protection:
    """Somebody says that it is over: everything stays hidden, and the person is told."""
    protection = locked(protection, right="protection.work", by=by, at=at)
    if protection.lift_at:
        raise AccountError(MEANWHILE)
    protection.lift_reason, protection.lift_by, protection.lift_at = reason, by, at
    protection.save(update_fields=["lift_reason", "lift_by", "lift_at"])
    note(protection, "protection.lifting_proposed", by=by, at=at)
    tell_person(protection, at=at)
    return protection


@transaction.atomic
def lift(*, protection: Protection, by: User, at: datetime.datetime) -> Protection:
    """A second person ends it; who acted for somebody before does not act again."""
    protection = proposed_to_lift(protection, by=by, at=at)
    protection.ended_by, protection.ended_at = by, at
    protection.save(update_fields=["ended_by", "ended_at"])
    note(protection, "protection.lifted", by=by, at=at)
    tell_person(protection, at=at)
    return protection


@transaction.atomic
def keep(*, protection: Protection, by: User, at: datetime.datetime) -> Protection:
    """A second person refuses to end it."""
    protection = proposed_to_lift(protection, by=by, at=at)
    protection.lift_reason, protection.lift_by, protection.lift_at = "", None, None
    protection.save(update_fields=["lift_reason", "lift_by", "lift_at"])
    note(protection, "protection.kept", by=by, at=at)
    return protection


def proposed_to_lift(protection: Protection, *, by: User, at: datetime.datetime) -> Protection:
    """The protection, locked, which somebody else proposed to lift."""
    protection = locked(protection, right="protection.approve", by=by, at=at)
    if protection.lift_at is None:
        raise AccountError(MEANWHILE)
    if protection.lift_by_id == by.pk:
        raise AccountError(NOT_ALONE)
    return protection


def locked(protection: Protection, *, right: str, by: User, at: datetime.datetime) -> Protection:
    """The standing protection, locked, for staff with the right and no stake in it."""
    allow(protection.resident_id, right=right, by=by, at=at)
    found = Protection.objects.standing().select_for_update(of=("self",)).filter(pk=protection.pk).first()
    if found is None:
        raise AccountError(MEANWHILE)
    return found


def allow(resident_id: int, *, right: str, by: User, at: datetime.datetime) -> None:
    """AccountError for whoever lacks the right, or is or was close to the person."""
    if not by.may(right):
        raise AccountError(NOT_ALLOWED)
    if is_own_affair(by, resident_id, on=localdate(at)):
        raise AccountError(OWN_AFFAIR)


def note(protection: Protection, verb: str, *, by: User, at: datetime.datetime) -> None:
    """Write it into the person's trail, without the reason."""
    subject = ("protection", protection.public_id)
    audit.record(verb, by=by, at=at, resident=protection.resident_id, subject=subject, on_behalf=False)


def tell_person(protection: Protection, *, at: datetime.datetime) -> None:
    """Whoever asks for the end in the person's name must not do so unseen."""
    subject = ("protection", protection.public_id)
    tell(resident_id=protection.resident_id, kind="protection.changed", subject=subject, at=at)


def look(residents: list[Resident], *, verb: str, by: User, at: datetime.datetime) -> None:
    """Write into each trail that this member of staff looked for or at the person."""
    audit.record_many(
        audit.event(verb, by=by, at=at, resident=resident, purpose=WHY, on_behalf=False)
        for resident in residents
    )
