"""Gives access tokens to machines: OAuth 2 client credentials with private_key_jwt (RFC 6749, 7521, 7523)."""

from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from links.models import ApiClient
from links.problems import MEDIA, Problem
from links.tokens import TOKEN_LASTS, NotProven, issue, proven

FORM = "application/x-www-form-urlencoded"
GRANT = "client_credentials"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
MOST_FIELDS = 20
STATUSES = {"invalid_client": 401}


class Refused(Exception):
    """One of the codes of RFC 6749, section 5.2."""


def grant(request: HttpRequest) -> HttpResponse:
    """A token, or in OAuth's own form why there is none."""
    if request.content_type != FORM:
        raise Problem(MEDIA)
    try:
        body: dict[str, object] = granted(form_of(request))
        status = 200
    except Refused as refused:
        body, status = {"error": str(refused)}, STATUSES.get(str(refused), 400)
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


def form_of(request: HttpRequest) -> dict[str, str]:
    """The fields of the form, each there once."""
    try:
        pairs = parse_qsl(
            request.body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError as problem:
        raise Refused("invalid_request") from problem
    form = dict(pairs)
    if len(form) != len(pairs):
        raise Refused("invalid_request")
    return form


def granted(form: dict[str, str]) -> dict[str, object]:
    """The answer for a machine that proved who it is."""
    if "grant_type" not in form:
        raise Refused("invalid_request")
    if form["grant_type"] != GRANT:
        raise Refused("unsupported_grant_type")
    if form.get("client_assertion_type") != ASSERTION or "client_assertion" not in form:
        raise Refused("invalid_request")
    now = timezone.now()
    try:
        client = proven(form["client_assertion"], at=now)
    except NotProven as problem:
        raise Refused("invalid_client") from problem
    if form.get("client_id", client.client_id) != client.client_id:
        raise Refused("invalid_client")
    scopes = wanted(form.get("scope", ""), client)
    return {
        "access_token": issue(client, scopes, at=now),
        "token_type": "Bearer",
        "expires_in": int(TOKEN_LASTS.total_seconds()),
        "scope": " ".join(scopes),
    }


def wanted(asked: str, client: ApiClient) -> list[str]:
    """The scopes that were asked for, or all that the machine has."""
    scopes = asked.split() or client.scopes
    if not set(scopes) <= set(client.scopes):
        raise Refused("invalid_scope")
    return sorted(set(scopes))
