"""Signing in, failing to, and signing out stand in the trail of the person whose sign-in it is."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.models import Resident, User


@receiver(account.user_logged_in, dispatch_uid="accounts.sign_ins")
def signed_in(*, user: User, **_more: Any) -> None:
    """Somebody came in."""
    write("sign_in.done", user, by=user)


@receiver(auth.user_logged_out, dispatch_uid="accounts.sign_ins")
def signed_out(*, user: User | None, **_more: Any) -> None:
    """Somebody went, or was sent to sign in anew."""
    if user is not None:
        write("sign_in.left", user, by=user)


@receiver(auth.user_login_failed, dispatch_uid="accounts.sign_ins")
def failed(*, credentials: dict[str, Any], request: HttpRequest | None = None, **_more: Any) -> None:
    """Somebody gave a wrong password. The same work for an address that nobody has: time tells nothing.

    Nothing of what was typed is kept.
    """
    address = str(credentials.get("email") or credentials.get("username") or "")
    user = User.objects.filter(email=address.lower()).first()
    write("sign_in.failed", user, by=None)


@receiver([account.login_code_rejected, mfa.authentication_failed], dispatch_uid="accounts.wrong_codes")
def wrong_code(*, user: User, **_more: Any) -> None:
    """Somebody gave a wrong code of a mail or an app, or a wrong recovery code: the step before was right."""
    write("sign_in.code_failed", user, by=None)


def write(verb: str, owner: User | None, *, by: User | None) -> None:
    """One row, about the person of the sign-in where there is one."""
    resident = Resident.objects.filter(bindings__user=owner, bindings__ended_at=None).first()
    whose = {"resident": resident} if resident else {}
    audit.record(verb, by=by, at=timezone.now(), on_behalf=False, **whose)  # type: ignore[arg-type]
