"""Which version of its pages the browser asked for: the standard or the simple one, and in which language."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

SIMPLE_COOKIE = "simple"


def simple_cookie() -> str:
    """The name of the cookie that remembers it."""
    return f"{settings.COOKIE_PREFIX}{SIMPLE_COOKIE}"


def is_simple(request: HttpRequest) -> bool:
    """Whether this browser asked for the simple version."""
    return request.COOKIES.get(simple_cookie()) == "1"


def chosen_language(request: HttpRequest) -> str:
    """The language that this browser asked for, also on a page that is not in it yet."""
    chosen: str = getattr(request, "chosen_language", "") or get_language() or "ja"
    return chosen
