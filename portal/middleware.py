"""What holds for every answer of the service."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import add_never_cache_headers
from django.views.defaults import page_not_found

from links.problems import MEDIA_TYPE, TOO_LARGE, UNENCRYPTED, Problem, of_status

POLICY = "camera=(), geolocation=(), microphone=(), payment=()"
MACHINES = "/api/"
LARGEST_BODY = 65_536
PACKED = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
KEPT_OF_FAILURES = ("Allow", "Retry-After", "WWW-Authenticate")


def tell_browsers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Every answer, static files and refusals too, says what no page of ours may use and who may embed it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", policy_of(response))
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def policy_of(response: HttpResponse) -> str:
    """What the page may not use; the camera only where a view says that it reads codes with it."""
    reads_codes = getattr(response, "uses_camera", False)
    return POLICY.replace("camera=()", "camera=(self)") if reads_codes else POLICY


def pack(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Text is packed for the way, where it repeats nothing that whoever made the browser ask could choose.

    A listener who chose words of a page would read in its length whether they stand beside them too.
    """
    packer = GZipMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        plain = request.method == "GET" and response.status_code == 200 and not request.META["QUERY_STRING"]
        if plain and response.headers.get("Content-Type", "").startswith(PACKED):
            packer.process_response(request, response)
        return response

    return middleware


def never_cache_personal_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Tell browsers and proxies to keep no answer that a session had a part in.

    Its cookie decides: that is known too where the session has just ended, or cannot be read.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES.keys() | response.cookies.keys():
            add_never_cache_headers(response)
        return response

    return middleware


def forget_at_the_end(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Whoever signs out has the browser forget what it kept of our pages; cookies of ours hold no data."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        if request.method == "POST" and match and match.url_name == "account_logout":
            response.headers["Clear-Site-Data"] = '"cache"'
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


def answer_machines(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Under /api/: no cookie is read, nothing large; each failure is problem details, no answer is kept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(MACHINES):
            return get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            # no redirect: a machine would follow it, and go on sending everything in clear first
            response = Problem(UNENCRYPTED).response()
        elif size_of(request) > LARGEST_BODY:
            response = Problem(TOO_LARGE).response()
        else:
            response = told_as_problem(get_response(request))
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def size_of(request: HttpRequest) -> int:
    """How many bytes the body is said to have, which are all that will be read of it."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said[:18]) if said.isascii() and said.isdigit() else 0


def told_as_problem(response: HttpResponse) -> HttpResponse:
    """The answer, or in its place the problem that a page for people told."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if response.status_code < 400 or kind in (MEDIA_TYPE, "application/json"):
        return response
    problem = of_status(response.status_code).response()
    for name in KEPT_OF_FAILURES:
        if name in response.headers:
            problem.headers[name] = response.headers[name]
    return problem
