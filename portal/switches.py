"""Switching the version and the language, from every page, signed in or not."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from accounts.display import simple_cookie
from notices.actions import remember_display, remember_language

A_YEAR = 365 * 24 * 3600  # seconds


@require_POST
@login_not_required
def display(request: HttpRequest) -> HttpResponse:
    """Switch between the standard and the simple version, and remember it."""
    simple = request.POST.get("simple") == "1"
    if request.user.is_authenticated:
        remember_display(user=request.user, simple=simple)
    response = HttpResponseRedirect(safe_next(request))
    response.set_cookie(
        simple_cookie(),
        str(int(simple)),
        max_age=A_YEAR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


@require_POST
@login_not_required
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language, and remember it for the notices too."""
    response = set_language(request)
    if request.user.is_authenticated:
        remember_language(user=request.user, language=request.POST.get("language", get_language()))
    return response


def safe_next(request: HttpRequest) -> str:
    """Where the switch was pressed, if that is a page of ours."""
    target = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if allowed else reverse("portal:home")
