"""How allauth's sign-in is bent to this house."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts import devices
from accounts.models import User
from accounts.passkeys import prove_by_passkey
from accounts.sessions import DEVICE


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes a sign-in alone: it is made when a person is bound to the register or joins the staff."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether a stranger may make a sign-in: no."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin a session that says on which kind of device it runs."""
        super().login(request, user)
        request.session[DEVICE] = devices.named(request.headers.get("User-Agent", ""))

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """How they may show again that it is them: staff by their passkey only."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        only = [method for method in methods if method["id"] == "mfa_reauthenticate:webauthn"]
        return only if only and prove_by_passkey(user) else methods
