"""The HTTP API of the whole service: the routers of the rooms under one address, and its OpenAPI document."""

import json
import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from accounts.intake.fields import MISSING
from links.api import router
from links.models import ApiClient
from links.problems import KINDS, MEDIA, MEDIA_TYPE, NOT_FOUND, UNUSABLE, Fault, Problem, of_status
from reports.inquiries.api import router as inquiries

JSON = "application/json"
UNKNOWN_FIELD = _("This field is not known here.")
NOT_A_TEXT = _("This value must be a text.")
NOT_AN_OBJECT = _("The body must be one JSON object.")
REASONS = {"missing": MISSING, "extra_forbidden": UNKNOWN_FIELD, "string_type": NOT_A_TEXT}
# a field that is not ours may be named by a number or worse
NAME_OF_A_FIELD = re.compile(r"[a-z_]{1,40}")

SCOPES = {"get": ApiClient.Scope.READ, "put": ApiClient.Scope.WRITE, "delete": ApiClient.Scope.WRITE}
PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457)",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri", "enum": sorted(kind.uri for kind in KINDS)},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
OAUTH_ERROR = {
    "type": "object",
    "description": "Why there is no token (RFC 6749, section 5.2)",
    "required": ["error"],
    "properties": {
        "error": {
            "enum": [
                "invalid_client",
                "invalid_request",
                "invalid_scope",
                "unsupported_grant_type",
            ]
        }
    },
}
TEXT_HEADER = {"required": True, "schema": {"type": "string"}}
SECONDS_HEADER = {"required": True, "schema": {"type": "integer", "minimum": 0}}
HEADERS = {
    401: {"WWW-Authenticate": TEXT_HEADER},
    403: {"WWW-Authenticate": TEXT_HEADER},
    429: {"Retry-After": SECONDS_HEADER},
    503: {"Retry-After": SECONDS_HEADER},
}


class OnceOnly(Parser):
    """Reads JSON in UTF-8 in which every name stands once, or raises."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body; Problem for another media type, ValueError for what is no JSON."""
        if request.content_type != JSON:
            raise Problem(MEDIA)
        read: dict[str, Any] = json.loads(
            request.body.decode(), object_pairs_hook=once, parse_constant=refuse_constant
        )
        return read


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these pairs; ValueError where two have one name, as readers differ in which counts."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def refuse_constant(_name: str) -> None:
    """NaN and its like are no JSON."""
    raise ValueError


class InstitutionsApi(NinjaAPI):
    """Says in its document also what every operation may answer when it refuses."""

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        """The OpenAPI document."""
        document = super().get_openapi_schema(**where)
        document["components"]["schemas"] |= {"Problem": PROBLEM, "OAuthError": OAUTH_ERROR}
        document["components"]["responses"] = dict(refusals())
        for path in document["paths"].values():
            for method, operation in path.items():
                for required in operation.get("security", ()):
                    required["OAuth2"] = [SCOPES[method].value]
        return document


def refusals() -> Iterable[tuple[str, dict[str, Any]]]:
    """The answers of problems and of OAuth, by the name under which operations refer to them."""
    for kind in KINDS:
        yield f"Problem{kind.status}", refusal(kind.status, kind.code, MEDIA_TYPE, "Problem")
    for status in (400, 401):
        answer = refusal(status, "no token", JSON, "OAuthError")
        answer.pop("headers", None)
        yield f"OAuth{status}", answer


def refusal(status: int, description: str, media_type: str, schema: str) -> dict[str, Any]:
    """One of them as the document describes it."""
    content = {media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    answer: dict[str, Any] = {"description": description, "content": content}
    return answer | ({"headers": HEADERS[status]} if status in HEADERS else {})


api = InstitutionsApi(
    title="Links",
    version="1",
    description="Institutions send, end and ask about the records that they linked to individual numbers.",
    urls_namespace="api",
    docs_url=None,
    parser=OnceOnly(),
    servers=[{"url": settings.BASE_URL}],
)
api.add_router("", router)
api.add_router("", inquiries)


@api.exception_handler(Problem)
def tell_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    """A refusal of our own."""
    return problem.response()


@api.exception_handler(HttpError)
def tell_failure(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A refusal of the library: the body cannot be read, too many requests."""
    cause = error.__cause__
    return (cause if isinstance(cause, Problem) else of_status(error.status_code)).response()


@api.exception_handler(Http404)
def tell_missing(request: HttpRequest, missing: Http404) -> HttpResponse:
    """There is nothing, or it is somebody else's."""
    return Problem(NOT_FOUND).response()


@api.exception_handler(ValidationError)
def tell_faults(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The body is not as the document says."""
    return Problem(UNUSABLE, faults=[fault_of(found) for found in error.errors]).response()


@api.exception_handler(Exception)
def leave_to_django(request: HttpRequest, error: Exception) -> HttpResponse:
    """What nobody expected: Django writes it down and answers 500."""
    raise error


def fault_of(found: dict[str, Any]) -> Fault:
    """One fault in plain words, without anything that was sent."""
    name = str(found["loc"][-1]) if len(found["loc"]) > 2 else ""
    reason = REASONS.get(found["type"], NOT_AN_OBJECT) if name else NOT_AN_OBJECT
    return Fault(name if NAME_OF_A_FIELD.fullmatch(name) else "", gettext(reason))


def addresses() -> tuple[list[URLResolver | URLPattern], str, str]:
    """The addresses of the API for the URL configuration: machines do not sign in as people do."""
    patterns, application, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.callback is not None:
            login_not_required(pattern.callback)
    return patterns, application, namespace
