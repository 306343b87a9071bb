"""What staff do about a claim: one proposes, another approves it or sends it back."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions import bind
from accounts.identity.connecting import MEANWHILE, connect, end, note, part
from accounts.locking import unlock
from accounts.models import Binding, Claim, ClaimProposal, Resident, User
from accounts.proposals.keeping import OVER, WHO_AND_HOW, decide, keep, refuse_own
from accounts.refusal import NOT_ALLOWED, AccountError
from notices.actions import tell

Remedy, State = ClaimProposal.Remedy, ClaimProposal.State
OWN_AFFAIR = _("You cannot decide about a sign-in of your own or of your family.")


@transaction.atomic
def propose(
    *,
    claim: Claim,
    remedy: str,
    resident: Resident | None,
    document: str,
    reason: str,
    by: User,
    at: datetime.datetime,
) -> ClaimProposal:
    """Propose to connect the sign-in with the person whose document was checked, or to refuse it."""
    claim = locked(claim, right="identity.work", by=by, at=at)
    who = claim.resident if claim.is_disputed else resident
    if remedy == Remedy.BIND and (who is None or not document):
        raise AccountError(WHO_AND_HOW)
    refuse_own(who, OWN_AFFAIR, by=by, at=at)
    whom = who if remedy == Remedy.BIND else None
    chosen = {"remedy": remedy, "resident": whom, "document": document}
    proposal = keep(claim.proposals, reason=reason, by=by, at=at, **chosen)
    note(claim, "sign_in.proposed", by=by, at=at)
    return proposal


@transaction.atomic
def approve(*, claim: Claim, by: User, at: datetime.datetime) -> Claim:
    """Do what was proposed, and tell whom it is about."""
    claim = locked(claim, right="identity.approve", by=by, at=at)
    proposal = decide(claim.proposals, State.APPROVED, by=by, at=at)
    refuse_own(proposal.resident, OWN_AFFAIR, by=by, at=at)
    if proposal.remedy == Remedy.REFUSE:
        return refuse(claim, by=by, at=at)
    # a code that was posted counts no more: it was a counter that connected them
    claim.method, claim.code_digest, claim.posted_at = Binding.Method.COUNTER, None, None
    if claim.is_disputed:
        return give(claim, by=by, at=at)
    resident = proposal.resident
    if resident is None or resident.died_on:
        raise AccountError(OVER)
    claim.state = Claim.State.ASKED
    return connect(claim, resident, by=by, at=at)


@transaction.atomic
def send_back(*, claim: Claim, text: str, by: User, at: datetime.datetime) -> Claim:
    """Return the proposal with the reason; the claim stands as before."""
    claim = locked(claim, right="identity.approve", by=by, at=at)
    decide(claim.proposals, State.RETURNED, by=by, at=at, answer=text)
    note(claim, "sign_in.sent_back", by=by, at=at)
    return claim


def give(claim: Claim, *, by: User, at: datetime.datetime) -> Claim:
    """The person's sign-in is the claimant's from now on, and the other one's no longer."""
    rival, resident = claim.against, claim.resident
    if rival is None or resident is None:
        raise AccountError(OVER)
    if rival.ended_at is None:
        part(rival, by=by, at=at)
    try:
        binding = bind(user=claim.user, resident=resident, method=Binding.Method.COUNTER, by=by, at=at)
    except IntegrityError as problem:
        raise AccountError(MEANWHILE) from problem
    end(claim, Claim.State.BOUND, at=at)
    unlock(resident, how=Binding.Method.COUNTER, since=claim.opened_at, by=by, at=at)
    # who else claims the person claims it against the new one, which shows nothing while they do
    if Claim.objects.disputed().filter(against=rival).update(against=binding):
        Binding.objects.filter(pk=binding.pk).update(blinded_at=at)
    tell_both(claim, at=at)
    return claim


def refuse(claim: Claim, *, by: User, at: datetime.datetime) -> Claim:
    """Nothing is connected; the other sign-in sees again, unless somebody else claims the person too."""
    end(claim, Claim.State.REFUSED, at=at)
    note(claim, "sign_in.refused", by=by, at=at)
    if claim.against_id and not Claim.objects.disputed().filter(against=claim.against_id).exists():
        Binding.objects.filter(pk=claim.against_id).update(blinded_at=None)
    if claim.against_id:
        tell_both(claim, at=at)
    return claim


def tell_both(claim: Claim, *, at: datetime.datetime) -> None:
    """Staff decided: whoever is told about the person, and both sign-ins."""
    if claim.resident_id:
        subject = ("claim", claim.public_id)
        tell(resident_id=claim.resident_id, kind="sign_in.decided", subject=subject, at=at)


def look(claim: Claim, residents: list[Resident], *, by: User, at: datetime.datetime) -> None:
    """Write into the trail of everyone on the page that this member of staff compared them."""
    for resident in residents:
        seen = Claim(public_id=claim.public_id, number=claim.number, resident=resident)
        note(seen, "sign_in.claim_viewed", by=by, at=at)


def locked(claim: Claim, *, right: str, by: User, at: datetime.datetime) -> Claim:
    """The open claim, locked, for staff with the right and no stake in it; AccountError otherwise."""
    if not by.may(right):
        raise AccountError(NOT_ALLOWED)
    found = Claim.objects.open().select_for_update(of=("self",)).filter(pk=claim.pk).first()
    if found is None:
        raise AccountError(OVER)
    if found.user_id == by.pk:
        raise AccountError(OWN_AFFAIR)
    refuse_own(found.resident, OWN_AFFAIR, by=by, at=at)
    return found
