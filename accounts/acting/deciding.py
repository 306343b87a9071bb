"""What staff do about a mandate: one checks the document and proposes, another decides."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.acting.closing import finish
from accounts.acting.ending import Ending, end
from accounts.acting.granting import grant
from accounts.files.store import content_of
from accounts.models import Authority, Mandate, MandatePaper, MandateProposal, Resident, User
from accounts.owners import tell_owner
from accounts.proposals.keeping import OVER, WHO_AND_HOW, decide, keep, refuse_own
from accounts.protection.clearing import needed
from accounts.refusal import NOT_ALLOWED, AccountError

Remedy, State = MandateProposal.Remedy, MandateProposal.State
LONGEST = datetime.timedelta(days=5 * 366)

OWN_AFFAIR = _("You cannot decide about a request of your own or of your family.")
NOT_A_CHILD = _("This person is 15 or older. A parent acts for children under 15 only.")
LAST_DAY = _("Please enter the last day: it lies ahead, within five years.")
NOBODY_ACTS = _("For this person nobody can act here.")
PROTECTED = _("This person is under protection. Choose that expressly, if it is right all the same.")
ITSELF = _("Nobody acts for themselves.")


@transaction.atomic
def propose(
    *,
    mandate: Mandate,
    remedy: str,
    resident: Resident | None,
    document: str,
    ends_on: datetime.date | None,
    reason: str,
    by: User,
    at: datetime.datetime,
) -> MandateProposal:
    """Propose to let whoever asks act for the person whom the document names, or to refuse it."""
    mandate = locked(mandate, right="identity.work", by=by, at=at)
    if remedy == Remedy.REFUSE:
        resident, ends_on = None, None
    else:
        ends_on = last_day(mandate, resident, document, ends_on, by=by, at=at)
        check_protection(resident, remedy, by=by, at=at)
    chosen = {"remedy": remedy, "resident": resident, "document": document, "ends_on": ends_on}
    proposal = keep(mandate.proposals, reason=reason, by=by, at=at, **chosen)
    note(mandate, "authority.proposed", proposal.resident, by=by, at=at)
    return proposal


def last_day(
    mandate: Mandate,
    resident: Resident | None,
    document: str,
    ends_on: datetime.date | None,
    *,
    by: User,
    at: datetime.datetime,
) -> datetime.date:
    """Until when it would be granted; AccountError where it cannot be."""
    if resident is None or not document:
        raise AccountError(WHO_AND_HOW)
    refuse_own(resident, OWN_AFFAIR, by=by, at=at)
    if resident.died_on:
        raise AccountError(NOBODY_ACTS)
    if Resident.objects.behind(mandate.user).filter(pk=resident.pk).exists():
        raise AccountError(ITSELF)
    today = localdate(at)
    if mandate.kind == Mandate.Kind.PARENT:
        if resident.last_day_as_child < today:
            raise AccountError(NOT_A_CHILD)
        return resident.last_day_as_child
    if ends_on is None or not today < ends_on <= today + LONGEST:
        raise AccountError(LAST_DAY)
    return ends_on


def check_protection(resident: Resident | None, remedy: str, *, by: User, at: datetime.datetime) -> bool:
    """Whether it is granted despite a protection; AccountError where it is not granted so, or needs not be.

    Whoever acts then sees no place of the person.
    """
    covered = resident is not None and needed(resident, on=localdate(at))
    if not covered:
        return False
    if remedy != Remedy.DESPITE:
        raise AccountError(PROTECTED)
    if not by.may("protection.work"):
        raise AccountError(NOT_ALLOWED)
    return True


@transaction.atomic
def approve(*, mandate: Mandate, by: User, at: datetime.datetime) -> Mandate:
    """Do what was proposed, by the facts of today, and tell whoever asked."""
    mandate = locked(mandate, right="identity.approve", by=by, at=at)
    proposal = decide(mandate.proposals, State.APPROVED, by=by, at=at)
    if proposal.remedy == Remedy.REFUSE:
        note(mandate, "authority.refused", None, by=by, at=at)
        tell_owner(user=mandate.user, kind="acting.refused", at=at, subject=("mandate", mandate.public_id))
        return finish(mandate, Mandate.State.REFUSED, at=at)
    resident = proposal.resident
    until = last_day(mandate, resident, proposal.document, proposal.ends_on, by=by, at=at)
    despite = check_protection(resident, proposal.remedy, by=by, at=at)
    grant(
        agent=mandate.user,
        subject=resident,  # type: ignore[arg-type]  # last_day refuses None
        kind=Authority.Kind(mandate.kind),
        basis=Authority.Basis.DOCUMENT,
        ends_on=until,
        despite_protection=despite,
        by=by,
        at=at,
    )
    return finish(mandate, Mandate.State.GRANTED, at=at)


@transaction.atomic
def send_back(*, mandate: Mandate, text: str, by: User, at: datetime.datetime) -> Mandate:
    """Return the proposal with the reason; the request stands as before."""
    mandate = locked(mandate, right="identity.approve", by=by, at=at)
    proposal = decide(mandate.proposals, State.RETURNED, by=by, at=at, answer=text)
    note(mandate, "authority.sent_back", proposal.resident, by=by, at=at)
    return mandate


@transaction.atomic
def end_by_staff(*, authority: Authority, by: User, at: datetime.datetime) -> None:
    """One member of staff is enough to stop it; AccountError where it is their own affair."""
    if not by.may("identity.work"):
        raise AccountError(NOT_ALLOWED)
    if authority.agent_id == by.pk:
        raise AccountError(OWN_AFFAIR)
    refuse_own(authority.subject, OWN_AFFAIR, by=by, at=at)
    end(authority, why=Ending.BY_STAFF, by=by, at=at)


def open_paper(*, paper: MandatePaper, by: User, at: datetime.datetime) -> bytes:
    """What was handed in; that it was opened stands in the trail of whoever handed it in."""
    mandate = paper.mandate
    subject = ("mandate", mandate.public_id)
    audit.record(
        "authority.paper_opened",
        by=by,
        at=at,
        resident=paper.file.resident_id,
        subject=subject,
        purpose=mandate.number,
        on_behalf=False,
    )
    return content_of(paper.file)


def look(mandate: Mandate, residents: list[Resident], *, by: User, at: datetime.datetime) -> None:
    """Write into the trail of everyone on the page that this member of staff compared them."""
    for resident in residents:
        note(mandate, "authority.compared", resident, by=by, at=at)


def locked(mandate: Mandate, *, right: str, by: User, at: datetime.datetime) -> Mandate:
    """The open mandate, locked, for staff with the right and no stake in it; AccountError otherwise."""
    if not by.may(right):
        raise AccountError(NOT_ALLOWED)
    found = Mandate.objects.open().select_for_update(of=("self",)).filter(pk=mandate.pk).first()
    if found is None:
        raise AccountError(OVER)
    if found.user_id == by.pk:
        raise AccountError(OWN_AFFAIR)
    return found


def note(mandate: Mandate, verb: str, resident: Resident | None, *, by: User, at: datetime.datetime) -> None:
    """Write into the trail of the person, who is known or not, that this was done about the mandate."""
    subject = ("mandate", mandate.public_id)
    whom = {"resident": resident} if resident else {}
    audit.record(
        verb,
        by=by,
        at=at,
        subject=subject,
        purpose=mandate.number,
        on_behalf=False,
        **whom,  # type: ignore[arg-type]
    )
