"""Addresses and ways in stay as they are while a sign-in is closed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from accounts.gates import closed

# where mails, codes and notices go
CONTACTS = {"account_email", "account_confirm_email"}
# what would let somebody in tomorrow: not added while everything is locked
WAYS_IN = {"mfa_add_webauthn", "mfa_activate_totp", "mfa_generate_recovery_codes"}


class KeepContacts:
    """Addresses stay as they are while it is closed; while it is locked no way in is added either."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before the page is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponseBase], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Say why, in place of doing it."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name not in CONTACTS | WAYS_IN or request.method != "POST" or not request.user.is_authenticated:
            return None
        found = closed(request.user, at=timezone.now())
        if found is None or (name in WAYS_IN and not found.is_locked):
            return None
        messages.error(request, str(found.words))
        return redirect("accounts:lock" if found.is_locked else "account_email")
