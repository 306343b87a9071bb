"""What an installation for production may not be: each is one sentence, and stops the start."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from portal.environment import env

SHORTEST_KEY = 50
SHORTEST_TOKEN = 24
# what a person reads, and what would lead them astray if it were ours
SAID_TO_PEOPLE = ("EMAIL_URL", "DEFAULT_FROM_EMAIL", "SUPPORT_PHONE")
MAIL_FOR_NOBODY = ("dummy", "console", "locmem")


def check_safety() -> None:
    """Raise ImproperlyConfigured with the first thing that is unsafe."""
    for sentence in unsafe():
        raise ImproperlyConfigured(sentence)


@register(Tags.security, deploy=True)
def say_what_is_unsafe(**_which: Any) -> list[CheckMessage]:
    """`check --deploy` says all of it at once."""
    return [Error(sentence, id="portal.E001") for sentence in unsafe()]


def unsafe() -> Iterator[str]:
    """One sentence for each thing that may not be."""
    if settings.TRIED_OUT:
        if settings.BASE_URL.startswith("https://"):
            yield "DEBUG=1 is for trying out: leave it out where people come to BASE_URL over https."
        return
    yield from addresses()
    yield from words_of_others()
    yield from shared_state()


def addresses() -> Iterator[str]:
    """Who may be reached, and by what name."""
    host = urlsplit(settings.BASE_URL).hostname
    if not settings.BASE_URL.startswith("https://"):
        yield "BASE_URL does not begin with https:// and would send people's data openly."
    elif "*" in settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS is “*”, by which a stranger's site could pass as ours: name the hosts."
    elif host not in settings.ALLOWED_HOSTS:
        yield f"ALLOWED_HOSTS lacks {host}, the host of BASE_URL."
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        yield "TRUSTED_PROXY_COUNT is 0: behind a proxy everybody would share one limit of tries."


def words_of_others() -> Iterator[str]:
    """What people are told comes from the installation, not from our examples."""
    for name in SAID_TO_PEOPLE:
        if not env.str(name, ""):
            yield f"{name} is not set, and what stands for it is an example that helps nobody."
    if any(kind in settings.EMAIL_CONFIG["EMAIL_BACKEND"] for kind in MAIL_FOR_NOBODY):
        yield "EMAIL_URL sends mails to nobody."


def shared_state() -> Iterator[str]:
    """What all processes have to know together, and what must be long enough not to be guessed."""
    if any(kind in settings.CACHES["default"]["BACKEND"] for kind in ("locmem", "dummy")):
        yield "CACHE_URL is a cache of one process, in which limits of tries count for nothing."
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield f"SECRET_KEY is shorter than {SHORTEST_KEY} signs: `python -m portal.keys` prints another."
    if settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < SHORTEST_TOKEN:
        yield f"METRICS_TOKEN is shorter than {SHORTEST_TOKEN} signs and could be guessed."
