"""Which version of its pages the browser asked for: the standard or the simple one."""

from django.http import HttpRequest

SIMPLE_COOKIE = "simple"


def is_simple(request: HttpRequest) -> bool:
    """Whether this browser asked for the simple version."""
    return request.COOKIES.get(SIMPLE_COOKIE) == "1"
