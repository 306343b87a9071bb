"""What every page needs around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, get_language_info

from accounts.display import chosen_language, is_simple
from accounts.sessions import end_of
from portal.languages import spoken


def frame(request: HttpRequest) -> dict[str, Any]:
    """Languages of the frame and of the page in it, standard or simple, how to reach a person; no query."""
    language, page = chosen_language(request), get_language() or "ja"
    end = end_of(request)
    return {
        "html_lang": spoken(language),
        "page_lang": "" if page == language else spoken(page),
        "language": language,
        "languages": [(code, get_language_info(code)["name_local"]) for code, _label in settings.LANGUAGES],
        "simple": is_simple(request),
        "session_end": end,
        "session_left": int((end - timezone.now()).total_seconds()) if end else None,
        "support_phone": settings.SUPPORT_PHONE,
    }
