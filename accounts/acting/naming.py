"""A person names a helper by a code; whoever has it accepts. The register is not searched."""

import datetime
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts import audit, gates, vault
from accounts.acting.granting import grant, named, set_scope
from accounts.acting.telling import tell_agent
from accounts.identifiers import speakable
from accounts.models import Authority, Invitation, Resident, User
from accounts.refusal import AccountError
from accounts.scopes import Scope, sound
from notices.actions import tell

MOST_OPEN = 3
NAMES_FROM_AGE = 15
# what keeps these codes apart from those of letters
HELPER = "helper"

NOT_CONNECTED = _("Please connect your sign-in with yourself first, under “How we know you”.")
GUEST_NAMES = _("Your sign-in is new. For 7 days after it was connected it cannot name a helper.")
AT_A_COUNTER = _("You cannot name a helper here. Please call us, or come to a counter.")
TOO_YOUNG = _("You can name a helper when you are 15. Until then your parents act for you.")
CHOOSE_SOME = _("Please choose at least one kind of record that the helper may see.")
TOO_MANY = _("Three codes wait already. Please take one back first.")
WRONG_CODE = _(
    "This code is not right, was used already, or is older than 14 days. Please ask for a new one."
)
OWN_CODE = _("This is your own code. Please give it to the person who helps you.")
OVER = _("This offer is over. Please ask for a new code.")


def free_to_name(user: User, *, at: datetime.datetime) -> Resident:
    """Whoever the sign-in belongs to, if they may name a helper now; AccountError with the reason."""
    covered = Resident.objects.covered(on=localdate(at)).filter(pk=OuterRef("pk"))
    own = Resident.objects.bound_to(user).annotate(covered=Exists(covered)).first()
    if own is None:
        raise AccountError(NOT_CONNECTED)
    if found := gates.closed(user, at=at):
        raise AccountError(found.words if found.is_locked else GUEST_NAMES)
    if own.covered:
        raise AccountError(AT_A_COUNTER)
    if own.age_on(localdate(at)) < NAMES_FROM_AGE:
        raise AccountError(TOO_YOUNG)
    return own


@transaction.atomic
def invite(
    *, chosen: Mapping[str, Iterable[str]], ends_on: datetime.date, by: User, at: datetime.datetime
) -> tuple[Invitation, str]:
    """An offer and its code, which is shown now and kept by nobody; the person is told."""
    subject = Resident.objects.select_for_update().get(pk=free_to_name(by, at=at).pk)
    scope = checked(chosen)
    if Invitation.objects.open(at=at).filter(subject=subject).count() >= MOST_OPEN:
        raise AccountError(TOO_MANY)
    code = speakable("H", groups=3)
    invitation = Invitation.objects.create(
        subject=subject,
        made_by=by,
        code_digest=vault.code_digest(code, claim=HELPER),
        scope=scope,
        ends_on=ends_on,
        made_at=at,
    )
    note(invitation, "authority.invited", by=by, at=at)
    tell_of(invitation, "authority.invited", at=at)
    return invitation, code


def checked(chosen: Mapping[str, Iterable[str]]) -> Scope:
    """The scope as it is kept; AccountError where nothing may be seen."""
    scope = sound(chosen)
    if not scope:
        raise AccountError(CHOOSE_SOME)
    return scope


@transaction.atomic
def open_code(*, code: str, by: User, at: datetime.datetime) -> Invitation:
    """The offer behind the code, which opens for this sign-in only from now on; AccountError."""
    own = Resident.objects.person_of(by)
    if own is None:
        raise AccountError(NOT_CONNECTED)
    locked = Invitation.objects.open(at=at).select_for_update(of=("self",))
    found = locked.filter(code_digest__in=vault.code_digests(code, claim=HELPER)).first()
    if found is None or found.opened_by_id not in (None, by.pk):
        raise AccountError(WRONG_CODE)
    if own.pk == found.subject_id:
        raise AccountError(OWN_CODE)
    if found.opened_by_id is None:
        found.opened_by = by
        found.save(update_fields=["opened_by"])
        note(found, "authority.code_opened", by=by, at=at)
    return found


@transaction.atomic
def accept(*, invitation: Invitation, by: User, at: datetime.datetime) -> Authority:
    """The helper agrees: from now on they may do what was offered. Both sides are told."""
    found = locked_offer(invitation, by=by, at=at)
    still_theirs = Resident.objects.bound_to(found.made_by).filter(pk=found.subject_id).exists()
    if not still_theirs or found.ends_on < localdate(at):
        raise AccountError(OVER)
    finish(found, Invitation.State.ACCEPTED, at=at)
    return grant(
        agent=by,
        subject=found.subject,
        kind=Authority.Kind.CARER,
        basis=Authority.Basis.NAMED,
        ends_on=found.ends_on,
        scope=found.scope,
        by=by,
        at=at,
    )


@transaction.atomic
def decline(*, invitation: Invitation, by: User, at: datetime.datetime) -> None:
    """The helper does not want to; the person is told."""
    found = locked_offer(invitation, by=by, at=at)
    finish(found, Invitation.State.DECLINED, at=at)
    note(found, "authority.declined", by=by, at=at)
    tell_of(found, "authority.declined", at=at)


@transaction.atomic
def take_back(*, invitation: Invitation, by: User, at: datetime.datetime) -> None:
    """The person does not offer it any more; nothing happens where it was answered meanwhile."""
    found = Invitation.objects.open(at=at).select_for_update(of=("self",)).filter(pk=invitation.pk).first()
    if found:
        finish(found, Invitation.State.TAKEN_BACK, at=at)
        note(found, "authority.taken_back", by=by, at=at)


@transaction.atomic
def change(
    *, authority: Authority, chosen: Mapping[str, Iterable[str]], by: User, at: datetime.datetime
) -> None:
    """The person decides anew what their helper may do; both sides are told. AccountError for a guest."""
    subject, scope = free_to_name(by, at=at), checked(chosen)
    own = Authority.objects.open().filter(subject=subject, basis=Authority.Basis.NAMED)
    found = own.select_for_update(of=("self",)).filter(pk=authority.pk).first()
    if found is None:
        raise AccountError(OVER)
    set_scope(found, scope)
    audit.record("authority.changed", by=by, at=at, resident=subject, subject=named(found))
    tell_agent(found, "acting.changed", at=at)
    tell(resident_id=subject.pk, kind="authority.changed", subject=named(found), at=at)


def locked_offer(invitation: Invitation, *, by: User, at: datetime.datetime) -> Invitation:
    """The open offer of this sign-in, locked; AccountError."""
    mine = Invitation.objects.open(at=at).opened_by(by).select_for_update(of=("self",))
    found = mine.filter(pk=invitation.pk).first()
    if found is None:
        raise AccountError(OVER)
    return found


def finish(invitation: Invitation, state: Invitation.State, *, at: datetime.datetime) -> None:
    """Nothing can be done with it any more."""
    invitation.state, invitation.ended_at = state, at
    invitation.save(update_fields=["state", "ended_at"])


def note(invitation: Invitation, verb: str, *, by: User, at: datetime.datetime) -> None:
    """Write into the trail of the person that this was done about the offer."""
    subject = ("invitation", invitation.public_id)
    audit.record(verb, by=by, at=at, resident=invitation.subject_id, subject=subject, on_behalf=False)


def tell_of(invitation: Invitation, kind: str, *, at: datetime.datetime) -> None:
    """Tell the person about the offer."""
    subject = ("authority", invitation.public_id)
    tell(resident_id=invitation.subject_id, kind=kind, subject=subject, at=at)
