"""Which language something is written in: one that is only begun would be mixed with another."""

from django.conf import settings


def whole(language: str) -> str:
    """The language itself where everything is translated into it, otherwise the one to fall back to."""
    return settings.FALLBACK_LANGUAGE if language in settings.STARTED_LANGUAGES else language
