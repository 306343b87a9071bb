"""Which version of its pages the browser asked for: the standard or the simple one."""

from django.conf import settings
from django.http import HttpRequest

SIMPLE_COOKIE = "simple"


def simple_cookie() -> str:
    """The name of the cookie that remembers it."""
    return f"{settings.COOKIE_PREFIX}{SIMPLE_COOKIE}"


def is_simple(request: HttpRequest) -> bool:
    """Whether this browser asked for the simple version."""
    return request.COOKIES.get(simple_cookie()) == "1"
