"""What matters is opened shortly after a proof. Who has neither password nor key signs in anew for it.

allauth asks for nothing where somebody has nothing to prove it by but a code by email or the card.
"""

import time
from collections.abc import Callable
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

AGAIN = _("Please sign in once more. This opens only shortly after you signed in.")
# these pages may be read; what they open or do is sent
SENT = {
    "accounts:number",
    "accounts:end",
    "accounts:end_others",
    "portal:copy_fetch",
    "portal:leave",
}
NAMING = {"accounts:name_helper", "accounts:helper", "accounts:child"}
ALWAYS = {
    *NAMING,
    *("accounts:telephone", "accounts:telephone_forget"),
    *("account_email", "account_set_password", "mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_add_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
}


class AskToSignInAgain:
    """The pages named above, for those who cannot prove it in another way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before the page is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Sign out whoever signed in too long ago, and lead back here after the next sign-in."""
        if not matters(request) or not request.user.is_authenticated:
            return None
        if get_adapter().get_reauthentication_methods(request.user) or signed_in_just_now(request):
            return None
        # what was sent is not sent again by itself
        back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("mfa_index")
        logout(request)
        messages.info(request, str(AGAIN))
        return redirect_to_login(back)


def matters(request: HttpRequest) -> bool:
    """Whether the page opens or changes what a stolen session must not."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name in ALWAYS or (name in SENT and request.method == "POST")


def signed_in_just_now(request: HttpRequest) -> bool:
    """Whether the last proof of this session is as fresh as allauth wants one."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
