"""How allauth's sign-in is bent to this house."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts import devices
from accounts.actions import remember_device
from accounts.models import User
from accounts.passkeys import prove_by_passkey
from accounts.sessions import DEVICE


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by allauth: a sign-in of one's own begins with a code (accounts.joining)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether a stranger may make a sign-in: no."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin a session that says on which kind of device it runs; tell of one that nobody signed in on."""
        is_first = user.last_login is None
        super().login(request, user)
        request.session[DEVICE] = devices.named(request.headers.get("User-Agent", ""))
        mark = devices.mark_of(request)
        remember_device(mark=mark, is_first=is_first, by=user, at=timezone.now())
        request.device_mark = mark  # type: ignore[attr-defined]

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        """Have the browser keep what makes it known the next time."""
        response: HttpResponse = super().post_login(request, user, **how)
        devices.leave_mark(response, request.device_mark)  # type: ignore[attr-defined]
        return response

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """How they may show again that it is them: staff by their passkey only."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        only = [method for method in methods if method["id"] == "mfa_reauthenticate:webauthn"]
        return only if only and prove_by_passkey(user) else methods
