"""Which device somebody uses: what it is called, and the mark by which it is known again."""

import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# the first that is found counts: each names those after it too
BROWSERS = {
    "Line/": "LINE",
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}

# browsers keep a cookie no longer
KEPT_DAYS = 400
MARK_LENGTH = 43


def mark_of(request: HttpRequest) -> str:
    """The mark that this browser keeps; a new one where it keeps none that could be ours."""
    kept = request.COOKIES.get(cookie_name(), "")
    return kept if len(kept) == MARK_LENGTH else secrets.token_urlsafe(32)


def leave_mark(response: HttpResponseBase, mark: str) -> None:
    """Have the browser keep the mark, out of reach of scripts."""
    kept: dict[str, Any] = {"httponly": True, "samesite": "Lax", "secure": not settings.DEBUG}
    response.set_cookie(cookie_name(), mark, max_age=KEPT_DAYS * 24 * 3600, **kept)


def cookie_name() -> str:
    """The name of the cookie."""
    return f"{settings.COOKIE_PREFIX}device"


def named(user_agent: str) -> str:
    """Browser and system, such as `Safari, iPhone`; empty where neither is known."""
    parts = (first(BROWSERS, user_agent), first(SYSTEMS, user_agent))
    return ", ".join(part for part in parts if part)


def first(names: dict[str, str], text: str) -> str:
    """The name of the first mark that the text holds."""
    return next((name for mark, name in names.items() if mark in text), "")
