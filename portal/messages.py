"""Keeps what the next page says in a cookie that no other host can set."""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookie(CookieStorage):
    """Django's cookie under a name of ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.cookie_name = f"{settings.COOKIE_PREFIX}messages"
        super().__init__(*args, **kwargs)


class Messages(FallbackStorage):
    """In the cookie, and in the session what does not fit there."""

    storage_classes = (HostCookie, SessionStorage)
