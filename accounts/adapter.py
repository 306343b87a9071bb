"""How allauth's sign-in is bent to this house."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes a sign-in alone: it is made when a person is bound to the register or joins the staff."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether a stranger may make a sign-in: no."""
        return False
