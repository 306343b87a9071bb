"""How often somebody who is signed in may send something: a machine that wears us out is told to wait."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from redis.exceptions import RedisError

from accounts.limits import has_place

logger = logging.getLogger(__name__)
A_MINUTE = 60
SAFE = ("GET", "HEAD", "OPTIONS")


def wait_a_minute(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The sixty-first thing that a sign-in sends in a minute is not taken; signing out always is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method in SAFE or not request.user.is_authenticated or request.path_info in always():
            return get_response(request)
        if may_send(str(request.user.pk)):
            return get_response(request)
        return render(request, "429.html", status=429)

    return middleware


def may_send(who: str) -> bool:
    """Whether it is among their first of the minute. Nothing is guessed here: without a counter it passes."""
    try:
        return has_place(A_MINUTE, what="sent", who=who, at=timezone.now())
    except RedisError:
        logger.warning("Nobody counts what is sent: the cache does not answer")
        return True


def always() -> set[str]:
    """What nobody waits for: getting out, and locking everything."""
    return {reverse("account_logout"), reverse("accounts:lock")}
