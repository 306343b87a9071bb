"""What somebody typed while their session ended is not lost: it is shown again, to be sent once more.

It is kept nowhere. Who signs in on another page of the browser gets a new token, with which the old page's
form does not fit: then it is shown once more, but only to whom our own page sent from this browser.
"""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.csrf import csrf_failure

# forms in which people write; none of them takes a password or a file
WRITTEN_IN = (
    "reports:question",
    "reports:other_question",
    "reports:message",
    "reports:reopen",
    "desk:step",
)
# what is not theirs, and what they see again as they typed it
NOT_TYPED = ("csrfmiddlewaretoken", "next", "language", "simple")
TEXTS = ("account", "text", "office", "reason", "explanation")


class SignInFirst(LoginRequiredMiddleware):
    """Every page is private unless marked; what was typed is given back before somebody signs in anew."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: object
    ) -> HttpResponse:
        """The way to the sign-in, or what was typed with that way beside it."""
        if was_written(request):
            return given_back(request)
        answer: HttpResponse = super().handle_no_permission(request, view_func)  # type: ignore[arg-type]
        return answer


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not fit: our own, open for too long, is given back; others are refused."""
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if ours and request.user.is_authenticated and was_written(request):
        return given_back(request)
    return csrf_failure(request, reason)


def was_written(request: HttpRequest) -> bool:
    """Whether somebody sent words of their own in one of these forms."""
    found = request.resolver_match
    in_form = request.method == "POST" and found is not None and found.view_name in WRITTEN_IN
    return in_form and any(request.POST.get(name, "").strip() for name in TEXTS)


def given_back(request: HttpRequest) -> HttpResponse:
    """What was typed, with a fresh token, and how to send it."""
    typed = [(name, value) for name, value in request.POST.items() if name not in NOT_TYPED]
    context = {
        "texts": [(name, value) for name, value in typed if name in TEXTS],
        "others": [(name, value) for name, value in typed if name not in TEXTS],
    }
    page = render(request, "portal/given_back.html", context, status=409)
    add_never_cache_headers(page)
    return page
