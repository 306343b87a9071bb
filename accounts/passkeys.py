"""Staff come in by passkey: whoever has one shows it in each session, whoever has none sets one up first."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User

PROVE, SET_UP = "mfa_reauthenticate_webauthn", "mfa_add_webauthn"
# a password sets up the first passkey, and only the first: with a stolen one nobody adds a second
TO_THE_FIRST = {SET_UP, "account_reauthenticate", "mfa_reauthenticate", "mfa_index", "account_email"}


class AskStaffForPasskey:
    """Every page that is not public waits until this session of a member of staff has shown a passkey."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before the page is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Send whoever has not shown a passkey to the page that asks for it, or that sets one up."""
        user = request.user
        if not user.is_authenticated or not prove_by_passkey(user):
            return None
        if not getattr(view, "login_required", True):
            return None
        keys = passkeys_of(user)
        if keys & shown(request, user):
            return None
        match = request.resolver_match
        name = match.url_name if match and not match.namespaces else None
        if name in ({PROVE} if keys else TO_THE_FIRST):
            return None
        return redirect_to(PROVE if keys else SET_UP, request)


def prove_by_passkey(user: User) -> bool:
    """Whether only a passkey proves that it is this user: staff, unless the installation does without."""
    return settings.STAFF_PASSKEY_REQUIRED and user.works_here


def passkeys_of(user: User) -> set[int]:
    """The passkeys and security keys that the user has now: one that was removed counts no more."""
    keys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return set(keys.values_list("pk", flat=True))


def shown(request: HttpRequest, user: User) -> set[int]:
    """The passkeys that were used in this session, to sign in or as a further step."""
    return {
        record["id"]
        for record in get_authentication_records(request, user)
        if record.get("method") == "mfa" and record.get("type") == Authenticator.Type.WEBAUTHN
    }


def redirect_to(name: str, request: HttpRequest) -> HttpResponseRedirect:
    """To that page, and back to this one afterwards unless something was sent."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("portal:home")
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: back})}")
