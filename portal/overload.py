"""When more people come than can be served, those who waited too long are asked to come again.

Nobody waits for an answer that nobody reads any more: such a request costs a page and no query. What was
typed is in that page, to be sent again by a button; files and passwords the browser itself sends once more.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from portal.failures import A_MINUTE
from portal.metrics import TURNED_AWAY, WAITING

HEADER = "X-Request-Start"
NEVER_TURNED_AWAY = ("/health/", "/static/")
MACHINES, SECRETS = "/api/", "/account/"
TYPED_IN = "application/x-www-form-urlencoded"


def turn_away(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Serve who waited no longer than QUEUE_SECONDS since the proxy took the request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        waited = seconds_waited(request, now=time.time())
        WAITING.observe(waited)
        if waited <= settings.QUEUE_SECONDS or request.path_info.startswith(NEVER_TURNED_AWAY):
            return get_response(request)
        TURNED_AWAY.inc()
        return asked_to_wait(request)

    return middleware


def seconds_waited(request: HttpRequest, *, now: float) -> float:
    """How long ago the proxy took it; 0 where it does not say."""
    try:
        return max(0.0, now - float(request.headers.get(HEADER, "")))
    except ValueError:
        return 0.0


def asked_to_wait(request: HttpRequest) -> HttpResponse:
    """The page that says so, in three languages, without asking the database who is there."""
    typed = request.POST.lists() if gives_back(request) else []
    context = {"typed": [(name, value) for name, values in typed for value in values], "path": request.path}
    response = HttpResponse(render_to_string("busy.html", context), status=503)
    response.headers["Retry-After"] = A_MINUTE
    add_never_cache_headers(response)
    return response


def gives_back(request: HttpRequest) -> bool:
    """Whether a person typed this into a form that holds no password and no file."""
    typed = request.method == "POST" and request.content_type == TYPED_IN
    return typed and not request.path_info.startswith((MACHINES, SECRETS))
