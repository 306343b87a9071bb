"""What every page needs around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from accounts.display import is_simple
from accounts.sessions import end_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """Language of the page, standard or simple version, and how to reach a person; no query."""
    language = get_language() or "ja"
    return {
        "html_lang": "ja" if language == "ja-x-easy" else language,
        "language": language,
        "languages": [(code, get_language_info(code)["name_local"]) for code, _label in settings.LANGUAGES],
        "simple": is_simple(request),
        "session_end": end_of(request),
        "support_phone": settings.SUPPORT_PHONE,
    }
