"""Whoever changes how they sign in is signed out everywhere but here, and told: who knows who it was."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.actions import end_sessions
from accounts.models import Resident, User
from notices.actions import tell

CHANGES = [
    account.password_set,
    account.password_changed,
    account.password_reset,
    account.email_changed,
    account.email_removed,
    mfa.authenticator_reset,
]


@receiver(CHANGES, dispatch_uid="accounts.credentials")
@transaction.atomic
def changed(*, request: HttpRequest, user: User, **_more: Any) -> None:
    """End every other session, write it in the trail, tell whoever the sign-in belongs to."""
    at = timezone.now()
    end_sessions(user.sessions.others_than(request.session.session_key))
    resident = Resident.objects.behind(user).first()
    whose: dict[str, Any] = {"resident": resident} if resident else {}
    audit.record("sign_in.changed", by=user, at=at, **whose)
    if resident:
        tell(resident_id=resident.pk, kind="sign_in.changed", subject=("sign_in", resident.public_id), at=at)


@receiver([mfa.authenticator_added, mfa.authenticator_removed], dispatch_uid="accounts.authenticators")
def second_factor(*, request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    """Recovery codes come and go with the first and the last of the others: that is one change."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        changed(request=request, user=user)


@receiver(account.email_confirmed, dispatch_uid="accounts.credentials")
def confirmed(*, request: HttpRequest, email_address: Any, **_more: Any) -> None:
    """From now on a code can be sent to that address."""
    changed(request=request, user=email_address.user)
