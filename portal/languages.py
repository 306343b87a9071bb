"""Languages that are only begun: a page speaks one of them as a whole, or the fallback as a whole."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import activate, get_language

from notices.languages import whole

# the pages whose every word is in each begun language: portal/catalogues.py holds their templates to it
TRANSLATED = {
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_logout",
    "accounts:stay",
}


class FallBack:
    """Answers in the fallback what is not translated yet; the frame around it keeps the chosen language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.chosen_language = get_language() or "ja"  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """The view, its words included, runs in the language of its page."""
        match = request.resolver_match
        if match is None or match.view_name not in TRANSLATED:
            activate(whole(get_language() or "ja"))


def spoken(language: str) -> str:
    """The language as browsers and screen readers know it."""
    return "ja" if language == "ja-x-easy" else language
