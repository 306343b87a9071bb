"""What becomes of a locked claim: connected, disputed, refused or over. The callers are actions."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.actions import bind
from accounts.locking import unlock
from accounts.models import ASSURANCE, Binding, Claim, Resident, User
from accounts.refusal import AccountError
from notices.actions import tell

OTHER_PERSON = _("This sign-in is connected with another person already.")
MEANWHILE = _("Something changed meanwhile. Please try once more.")
Method = Binding.Method


def connect(claim: Claim, resident: Resident, *, by: User | None, at: datetime.datetime) -> Claim:
    """The sign-in belongs to the person; two sign-ins of one person are a dispute, where a card sees on."""
    if claim.user.bindings.current().exists():
        return make_sure(claim, resident, by=by, at=at)
    try:
        with transaction.atomic():
            bind(user=claim.user, resident=resident, method=Method(claim.method), by=by, at=at)
    except IntegrityError:
        return dispute(claim, resident, by=by, at=at)
    return connected(claim, resident, at=at)


def make_sure(claim: Claim, resident: Resident, *, by: User | None, at: datetime.datetime) -> Claim:
    """The sign-in is this person's already: a card or a counter makes that surer than a letter did."""
    own = claim.user.bindings.current().select_for_update().get()
    if own.resident_id != resident.pk:
        raise AccountError(OTHER_PERSON)
    surer = ASSURANCE[Method(claim.method)] == Binding.Assurance.HIGH
    if surer and (own.assurance != Binding.Assurance.HIGH or own.blinded_at):
        own.method, own.assurance = claim.method, Binding.Assurance.HIGH
        own.blinded_at = None if claim.method == Method.CARD else own.blinded_at
        own.save(update_fields=["method", "assurance", "blinded_at"])
        audit.record("sign_in.raised", by=by, at=at, resident=resident)
    unlock(resident, how=Method(claim.method), since=claim.opened_at, by=by, at=at)
    return end(claim, Claim.State.BOUND, at=at, resident=resident)


def connected(claim: Claim, resident: Resident, *, at: datetime.datetime) -> Claim:
    """The claim came true, and everyone who is told about the person is told that."""
    unlock(resident, how=Method(claim.method), since=claim.opened_at, by=None, at=at)
    subject = ("binding", resident.public_id)
    tell(resident_id=resident.pk, kind="sign_in.connected", subject=subject, at=at)
    return end(claim, Claim.State.BOUND, at=at, resident=resident)


def dispute(claim: Claim, resident: Resident, *, by: User | None, at: datetime.datetime) -> Claim:
    """Another sign-in is this person's: neither shows details until staff decide, but one bound by card."""
    rival = Binding.objects.current().filter(resident=resident).select_for_update().first()
    if rival is None:
        raise AccountError(MEANWHILE)
    if claim.method == Method.CARD != rival.method:
        return give_way(claim, rival, by=by, at=at)
    oppose(claim, rival, by=by, at=at)
    return claim


def oppose(claim: Claim, rival: Binding, *, by: User | None, at: datetime.datetime) -> None:
    """Write the dispute down, take the rival's sight unless a card keeps it, and tell both."""
    claim.state, claim.resident_id, claim.against = Claim.State.DISPUTED, rival.resident_id, rival
    claim.save()
    if rival.method != Method.CARD:
        rival.blinded_at = rival.blinded_at or at
        rival.save(update_fields=["blinded_at"])
    note(claim, "sign_in.disputed", by=by, at=at)
    # its subject is the claim, so that it reaches the claimant too
    tell(resident_id=rival.resident_id, kind="sign_in.disputed", subject=("claim", claim.public_id), at=at)


def give_way(claim: Claim, rival: Binding, *, by: User | None, at: datetime.datetime) -> Claim:
    """A card came after a letter or a counter: the card is bound, the earlier one is the claim now."""
    part(rival, by=by, at=at)
    binding = bind(user=claim.user, resident=rival.resident, method=Method.CARD, by=by, at=at)
    for open_one in Claim.objects.open().filter(user=rival.user_id).select_for_update():
        end(open_one, Claim.State.OVER, at=at)
    Claim.objects.disputed().filter(against=rival).update(against=binding)
    earlier = Claim(user=rival.user, method=rival.method, opened_at=at)
    oppose(earlier, binding, by=by, at=at)
    unlock(rival.resident, how=Method.CARD, since=claim.opened_at, by=by, at=at)
    return end(claim, Claim.State.BOUND, at=at, resident=rival.resident)


def part(binding: Binding, *, by: User | None, at: datetime.datetime) -> None:
    """The sign-in is this person's no longer."""
    binding.ended_at, binding.blinded_at = at, None
    binding.save(update_fields=["ended_at", "blinded_at"])
    audit.record("sign_in.parted", by=by, at=at, resident=binding.resident_id, on_behalf=False)


def end(
    claim: Claim, state: Claim.State, *, at: datetime.datetime, resident: Resident | None = None
) -> Claim:
    """The claim is over; what was stated for it is forgotten."""
    claim.state, claim.ended_at, claim.stated = state, at, {}
    claim.resident = resident or claim.resident
    claim.save()
    return claim


def note(claim: Claim, verb: str, *, by: User | None, at: datetime.datetime) -> None:
    """Write into the trail of the person, who is known or not, that this was done about the claim."""
    audit.record(
        verb,
        by=by,
        at=at,
        resident=claim.resident_id,  # type: ignore[arg-type]
        subject=("claim", claim.public_id),
        purpose=claim.number if by and by.works_here else "",
        on_behalf=False,
    )
