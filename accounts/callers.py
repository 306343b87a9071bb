"""Who is served now, for the lines of the log: the key of the sign-in and nothing else of it."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

CALLER: ContextVar[int | None] = ContextVar("caller", default=None)


def say_who(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """What is written down meanwhile names whoever is signed in, by the key of the sign-in's row."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = CALLER.set(request.user.pk)
        try:
            return get_response(request)
        finally:
            CALLER.reset(token)

    return middleware
