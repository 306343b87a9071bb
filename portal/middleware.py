"""What holds for every answer of the service."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.defaults import page_not_found

POLICY = "camera=(), geolocation=(), microphone=(), payment=()"


def never_cache_personal_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Tell browsers and proxies to keep no page that was made for somebody who is signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return middleware


def own_page_for_what_is_missing(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """With DEBUG too, answer 404 with our page and not with Django's technical one; machines get theirs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        technical = response.status_code == 404 and response.headers.get("Content-Type", "").startswith(
            "text/html"
        )
        return page_not_found(request, Http404()) if technical else response

    return middleware
