"""Whoever changes how they sign in is signed out everywhere but here, and told: who knows who it was."""

from typing import Any, cast

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.dispatch import Signal, receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.actions import sign_in_changed
from accounts.models import User
from accounts.owners import code_of_change, write_to
from accounts.passwords import end_short_password, too_short_now
from accounts.sessions import SessionStore

CHANGES = [
    account.password_set,
    account.password_changed,
    account.password_reset,
    account.email_changed,
    account.email_removed,
    mfa.authenticator_reset,
]


@receiver(CHANGES, dispatch_uid="accounts.credentials")
def changed(*, request: HttpRequest, user: User, **_more: Any) -> None:
    """End every other session, write it in the trail, tell whoever the sign-in belongs to."""
    sign_in_changed(session_key=request.session.session_key, by=user, at=timezone.now())


@receiver([account.email_changed, account.email_removed], dispatch_uid="accounts.former_address")
def address_left(
    *,
    user: User,
    from_email_address: EmailAddress | None = None,
    email_address: EmailAddress | None = None,
    **_more: Any,
) -> None:
    """The address to which nothing goes any more is told too: its owner may know nothing of the change."""
    former = from_email_address or email_address
    if former and former.verified:
        write_to(former.email, kind="sign_in.address_left", user=user, code=code_of_change(user))


@receiver([mfa.authenticator_added, mfa.authenticator_removed], dispatch_uid="accounts.authenticators")
def second_factor(
    *, request: HttpRequest, user: User, authenticator: Authenticator, signal: Signal, **_more: Any
) -> None:
    """Recovery codes come and go with the first and the last of the others: that is one change.

    With the last of the others goes a password that is too short without one.
    """
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        if end_short_password(user):
            update_session_auth_hash(request, User.objects.get(pk=user.pk))
            messages.warning(request, too_short_now())
        what = "passkey" if authenticator.type == Authenticator.Type.WEBAUTHN else "app"
        verb = f"sign_in.{what}_{'added' if signal is mfa.authenticator_added else 'removed'}"
        key = request.session.session_key
        sign_in_changed(session_key=key, by=user, at=timezone.now(), verb=verb)


@receiver(account.authentication_step_completed, dispatch_uid="accounts.fresh_proof")
def proven_again(*, request: HttpRequest, reauthenticated: bool = False, **_more: Any) -> None:
    """A fresh proof gives the session another key, as a sign-in does."""
    if reauthenticated:
        cast("SessionStore", request.session).renew()


@receiver(account.email_confirmed, dispatch_uid="accounts.credentials")
def confirmed(*, request: HttpRequest, email_address: Any, **_more: Any) -> None:
    """From now on a code can be sent to that address."""
    changed(request=request, user=email_address.user)
