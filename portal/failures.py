"""What people see when an answer could not be made."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error
from redis.exceptions import RedisError

A_MINUTE = "60"
# the database, and what counts how often somebody tries: without it nobody may try
AWAY = (OperationalError, InterfaceError, RedisError)


def failed(request: HttpRequest) -> HttpResponse:
    """The page of last resort; where a server was not to be had, one that asks to try again in a minute.

    Django calls it while it handles the exception, whichever layer raised it.
    """
    if not isinstance(sys.exc_info()[1], AWAY):
        return server_error(request)
    page = render_to_string("503.html")  # without the request: its session and user lie in the database
    return HttpResponse(page, status=503, headers={"Retry-After": A_MINUTE})
