"""The type of requests behind LoginRequiredMiddleware."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """A request of somebody who is signed in: what every view may expect that is not marked as public."""

    user: User  # type: ignore[assignment]
