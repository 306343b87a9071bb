"""Which request or task something belongs to, for logs and traces: random, and nothing of a person."""

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

REQUEST: ContextVar[str] = ContextVar("request", default="")
TASK: ContextVar[str] = ContextVar("task", default="")
HEADER = "X-Request-ID"
USABLE = re.compile(r"[0-9a-f]{16,40}")


def name_request(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Each request has the name that the proxy gave it, else one of its own, and its answer says it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        name = given if USABLE.fullmatch(given) else secrets.token_hex(16)
        token = REQUEST.set(name)
        try:
            response = get_response(request)
        finally:
            REQUEST.reset(token)
        response.headers[HEADER] = name
        return response

    return middleware


def names() -> dict[str, str]:
    """What is known of where we are."""
    known = {"request_id": REQUEST.get(), "task_id": TASK.get()}
    return {name: value for name, value in known.items() if value}
