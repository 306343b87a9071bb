"""Who may do what over HTTP, and how often."""

import datetime
from collections.abc import Callable

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja.security.base import AuthBase
from ninja.throttling import BaseThrottle

from accounts.limits import A_MINUTE, has_place, is_among_first
from links.models import ApiClient
from links.problems import FORBIDDEN, NOT_SIGNED_IN, TOO_MANY, Problem
from links.tokens import Caller, NotProven, caller, token_url

AN_HOUR = 3_600
REQUESTS_A_MINUTE = 120
TOKENS_A_MINUTE = 30
LOSSES_AN_HOUR = 60

TOO_MANY_LOSSES = _(
    "Too many records ended or changed their holder within an hour. Please send a file instead."
)


class OAuth2(AuthBase):
    """A request with an access token of this scope; a Problem otherwise."""

    openapi_type = "oauth2"
    openapi_flows = {
        "clientCredentials": {
            "tokenUrl": token_url(),
            "scopes": dict(ApiClient.Scope.choices),
        }
    }

    def __init__(self, scope: ApiClient.Scope) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller:
        """Who calls."""
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise Problem(NOT_SIGNED_IN, headers=challenge())
        try:
            found = caller(token.strip(), at=timezone.now())
        except NotProven as problem:
            raise Problem(NOT_SIGNED_IN, headers=challenge(error="invalid_token")) from problem
        if self.scope not in found.scopes:
            raise Problem(FORBIDDEN, headers=challenge(error="insufficient_scope", scope=self.scope.value))
        return found


def challenge(**why: str) -> dict[str, str]:
    """The header that says what would be let in (RFC 6750)."""
    said = {"realm": "links", **why}
    return {"WWW-Authenticate": "Bearer " + ", ".join(f'{name}="{value}"' for name, value in said.items())}


class EachClient(BaseThrottle):
    """So many requests a minute of one machine."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether this one is still within."""
        client: ApiClient = request.auth.client  # type: ignore[attr-defined]
        return has_place(REQUESTS_A_MINUTE, what="api", who=client.client_id, at=timezone.now())

    def wait(self) -> float:
        """Seconds until the next minute."""
        return seconds_left(A_MINUTE, at=timezone.now())


class EachAddress(EachClient):
    """So many requests for a token a minute from one address."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether this one is still within."""
        return is_among_first(TOKENS_A_MINUTE, what="api-token", request=request, at=timezone.now())


def losing(client: ApiClient, *, at: datetime.datetime) -> Callable[[], None]:
    """Called before a record leaves a person: a Problem where one machine takes too many within an hour."""

    def count() -> None:
        if not has_place(LOSSES_AN_HOUR, what="api-losses", who=client.client_id, at=at, seconds=AN_HOUR):
            wait = {"Retry-After": str(seconds_left(AN_HOUR, at=at))}
            raise Problem(TOO_MANY, gettext(TOO_MANY_LOSSES), headers=wait)

    return count


def seconds_left(stretch: int, *, at: datetime.datetime) -> int:
    """How long until the next stretch of the clock begins."""
    return stretch - int(at.timestamp()) % stretch
