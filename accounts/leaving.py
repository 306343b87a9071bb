"""The end of a sign-in: everything that opens it or belongs to it goes, the person and what was done stay."""

import datetime
import secrets

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.acting.ending import Ending, end
from accounts.actions import end_sessions, whose_is
from accounts.identity.claiming import STAFF_DECIDE, give_up_open
from accounts.identity.connecting import part
from accounts.models import Authority, Card, Claim, KnownDevice, Lock, Resident, Telephone, User
from accounts.models.authority import AuthorityQuerySet
from accounts.owners import write_to
from accounts.refusal import LOCKED, AccountError
from notices.actions import tell
from notices.models import Preference, PushSubscription

OF_THE_SIGN_IN: tuple[type[Model], ...] = (
    EmailAddress,
    Authenticator,
    Card,
    KnownDevice,
    Telephone,
    Preference,
    PushSubscription,
)
STAFF = _("A sign-in of staff is ended by whoever runs the portal, not here.")


def may_leave(user: User) -> None:
    """AccountError for staff, and while staff decide whose sign-in is the right one: it is their evidence."""
    if user.works_here:
        raise AccountError(STAFF)
    if Lock.objects.standing().filter(resident__in=Resident.objects.behind(user)).exists():
        raise AccountError(LOCKED)
    if Claim.objects.disputed().filter(against__user=user, against__ended_at=None).exists():
        raise AccountError(STAFF_DECIDE)


def ending_authority(user: User) -> AuthorityQuerySet:
    """What ends with the sign-in: what it does for others, and the helpers whom its person named.

    Parents and guardians stay: their authority stands on the register or a paper, not on a sign-in.
    """
    own = Resident.objects.behind(user)
    named = Authority.objects.filter(subject__in=own, kind=Authority.Kind.CARER, ended_at=None)
    return Authority.objects.given_to(user) | named


@transaction.atomic
def leave(*, by: User, at: datetime.datetime) -> None:
    """Empty the sign-in for good; AccountError where it may not go. Its row stays, for the trail names it."""
    user = User.objects.select_for_update().get(pk=by.pk)
    may_leave(user)
    give_up_open(user, at=at)
    audit.record("sign_in.deleted", by=user, at=at, **whose_is(user))
    say_goodbye(user, at=at)
    end_authority(user, at=at)
    for binding in user.bindings.current().select_for_update():
        part(binding, by=user, at=at)
    end_sessions(user.sessions.all())
    for kind in OF_THE_SIGN_IN:
        kind._default_manager.filter(user=user).delete()
    user.email, user.name = f"{secrets.token_hex(16)}@deleted.invalid", ""
    user.password, user.is_active, user.left_at = make_password(None), False, at
    user.save()


def say_goodbye(user: User, *, at: datetime.datetime) -> None:
    """A last mail to each proven address, and a notice for whoever is told about the person from now on."""
    for address in EmailAddress.objects.filter(user=user, verified=True):
        write_to(address.email, kind="sign_in.deleted", user=user)
    resident = Resident.objects.behind(user).first()
    if resident:
        subject = ("sign_in", resident.public_id)
        tell(resident_id=resident.pk, kind="sign_in.deleted", subject=subject, at=at)


def end_authority(user: User, *, at: datetime.datetime) -> None:
    """End it both ways, each with its row in the trail of the person concerned."""
    for authority in ending_authority(user).select_related("agent", "subject"):
        end(authority, why=Ending.BY_AGENT if authority.agent == user else Ending.BY_SUBJECT, by=user, at=at)
