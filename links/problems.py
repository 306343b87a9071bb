"""Problem details (RFC 9457): how the API says what went wrong. What was sent is never repeated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of problem: its status, its code for machines, its title for people."""

    status: int
    code: str
    title: "Promise | str"

    @property
    def uri(self) -> str:
        """The `type` of the problem, which names it and leads nowhere."""
        return f"tag:tsunagari.example,2026:problem/{self.code}"


MALFORMED = Kind(400, "malformed", _("The request cannot be read."))
NOT_SIGNED_IN = Kind(401, "not-signed-in", _("A valid access token is needed."))
FORBIDDEN = Kind(403, "scope-missing", _("The access token does not allow this."))
NOT_FOUND = Kind(404, "not-found", _("There is nothing at this address."))
METHOD = Kind(405, "method", _("This address does not know this method."))
NOT_IN_REGISTER = Kind(409, "not-in-register", _("The register does not know this person."))
TOO_LARGE = Kind(413, "too-large", _("The request is too large."))
MEDIA = Kind(415, "media-type", _("The content of the request has another media type than is read here."))
UNUSABLE = Kind(422, "unusable", _("Some of what was sent cannot be used."))
TOO_MANY = Kind(429, "too-many", _("Too many requests. Please wait."))
INTERNAL = Kind(500, "internal", _("Something went wrong here. Nothing was stored."))
BUSY = Kind(503, "busy", _("This cannot be done at the moment. Please try again later."))
# said by no operation of the document: it never gets there
UNENCRYPTED = Kind(403, "unencrypted", _("This address is for HTTPS only. What was sent came unprotected."))

KINDS = (
    *(MALFORMED, NOT_SIGNED_IN, FORBIDDEN, NOT_FOUND, METHOD, NOT_IN_REGISTER),
    *(TOO_LARGE, MEDIA, UNUSABLE, TOO_MANY, INTERNAL, BUSY),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field of the body or one part of the address."""

    field: str
    reason: str


class Problem(Exception):
    """Why the API refuses a request; what it says is fit to show to the institution."""

    def __init__(
        self,
        kind: Kind,
        detail: str = "",
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.detail = detail
        self.faults = tuple(faults)
        self.headers = headers or {}

    def response(self) -> HttpResponse:
        """The answer that says so."""
        body: dict[str, object] = {
            "type": self.kind.uri,
            "title": str(self.kind.title),
            "status": self.kind.status,
        }
        if self.detail:
            body["detail"] = self.detail
        if self.faults:
            body["errors"] = [{"field": fault.field, "detail": fault.reason} for fault in self.faults]
        return JsonResponse(
            body,
            status=self.kind.status,
            content_type=MEDIA_TYPE,
            headers=self.headers,
            json_dumps_params={"ensure_ascii": False},
        )


def of_status(status: int) -> Problem:
    """The problem of an answer that somebody else gave, named by its status where no kind fits."""
    kinds = {kind.status: kind for kind in KINDS}
    phrase = HTTPStatus(status).phrase
    return Problem(kinds.get(status) or Kind(status, phrase.lower().replace(" ", "-"), phrase))


def responses(*statuses: int, of: str = "Problem") -> dict[int, dict[str, str]]:
    """How an operation's document refers to these answers."""
    return {status: {"$ref": f"#/components/responses/{of}{status}"} for status in statuses}
