"""Whether a process lives, and whether it can serve: asked by what starts and stops processes."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET
from redis.exceptions import RedisError

from portal.broker import check_broker

# without these nobody can be served; without a broker a sweep makes up for what was not queued
NEEDED = ("database", "cache")
WATCHED = "/health/"


def by_any_name(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Who watches a process knows it by another name than people do, and asks it without the proxy's TLS."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(WATCHED):
            request.META |= {"HTTP_HOST": settings.ALLOWED_HOSTS[0], "HTTP_X_FORWARDED_PROTO": "https"}
        return get_response(request)

    return middleware


@require_GET
@login_not_required
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"live": True})


@require_GET
@login_not_required
def ready(request: HttpRequest) -> HttpResponse:
    """Which of the servers it needs answer it; 503 where it cannot serve without one that does not."""
    found = {name: answers(ask) for name, ask in ASKED.items()}
    usable = all(found[name] for name in NEEDED)
    return JsonResponse({"ready": usable, **found}, status=200 if usable else 503)


def answers(ask: Callable[[], object]) -> bool:
    """Whether it answers; why not is in its own log, and says too much for an address."""
    try:
        ask()
    except (Error, RedisError, OSError, ImproperlyConfigured):
        return False
    return True


def ask_database() -> None:
    """The smallest question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


ASKED: dict[str, Callable[[], object]] = {
    "database": ask_database,
    "cache": lambda: cache.get("ready"),
    "broker": lambda: check_broker(settings.CELERY_BROKER_URL),
}
