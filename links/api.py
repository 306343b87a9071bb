"""What institutions may do over HTTP: send, end and ask about their own links, one at a time.

A link is named by its category and, in the query, by the institution's reference: any text is safe there,
while slashes and dots in a path are not. The individual number stands in bodies only.
"""

import datetime
from enum import StrEnum
from typing import Any, Literal
from urllib.parse import parse_qsl

from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import Field

from accounts import audit
from accounts.intake.fields import MISSING, BadValue
from links import granting, importing, wire
from links.categories import CATEGORIES
from links.feeds import single
from links.feeds.store import Order
from links.guards import EachAddress, EachClient, OAuth2, losing
from links.models import ApiClient, Link
from links.problems import BUSY, MALFORMED, NOT_IN_REGISTER, UNUSABLE, Fault, Problem, responses
from links.review.runs import last_checked_at
from links.tokens import Caller

BUSY_SECONDS = "30"
MOST_PARAMETERS = 10
ONLY_THE_REFERENCE = _("The address names the reference, once, and nothing else.")

READ, WRITE = OAuth2(ApiClient.Scope.READ), OAuth2(ApiClient.Scope.WRITE)
router = Router(throttle=[EachClient()])


class Standing(StrEnum):
    """What the institution said last, or what staff decided since."""

    ACTIVE = "active"
    ENDED = "ended"
    REMOVED = "removed"
    UNLINKED = "unlinked"


class LinkState(Schema):
    """What the portal knows about a link; nothing about the person, and no verdict."""

    category: str
    reference: str
    status: Standing
    under_confirmation: bool = Field(description="Do not rely on the link: somebody disputes it")
    disputed_since: datetime.datetime | None
    checked_on: datetime.date | None = Field(description="When it was last compared with the register")


class TokenAnswer(Schema):
    """An access token (RFC 6749, section 5.1)."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    scope: str


ANY_CALL = (400, 401, 403, 413, 422, 429, 500)


def add_sending(category: str) -> None:
    """PUT of one category's link; the category's own columns are its body."""

    def put_link(request: HttpRequest, body: Schema) -> Status[LinkState]:
        """Say what the institution has: made where it is new, changed where it differs."""
        outcome = put(request, category, body.model_dump())
        created = outcome is single.Outcome.CREATED
        return Status(201 if created else 200, state_of(asked_link(request, category)))

    put_link.__annotations__["body"] = wire.document(category)
    router.put(
        auth=WRITE,
        response={200: LinkState, 201: LinkState},
        summary="Send a link",
        openapi_extra=described(*ANY_CALL, 409, 415, 503),
        **named("put", category),
    )(put_link)


def add_ending(category: str) -> None:
    """DELETE of one category's link."""

    @router.delete(
        auth=WRITE,
        response=LinkState,
        summary="End a link",
        openapi_extra=described(*ANY_CALL, 404, 503),
        **named("end", category),
    )
    def end_link(request: HttpRequest) -> LinkState:
        """The link has ended. Ending it again changes nothing."""
        end(request, category)
        return state_of(asked_link(request, category))


def add_asking(category: str) -> None:
    """GET of one category's link."""

    @router.get(
        auth=READ,
        response=LinkState,
        summary="Ask about a link",
        openapi_extra=described(*ANY_CALL, 404),
        **named("read", category),
    )
    def read_link(request: HttpRequest) -> LinkState:
        """How the link stands now: ask before you rely on it."""
        link = asked_link(request, category)
        subject = ("link", link.public_id)
        audit.record(
            "record.state_told",
            by=None,
            at=timezone.now(),
            resident=link.resident_id,
            subject=subject,
            institution=link.institution.code,
        )
        return state_of(link)


def named(verb: str, category: str) -> dict[str, Any]:
    """The address of one category's links, and what its operation is called in the document."""
    name = f"link_{category}"
    return {
        "path": f"/links/{category}",
        "operation_id": f"{verb}_{name}",
        "url_name": name,
        "tags": [category],
    }


def described(*errors: int) -> dict[str, Any]:
    """What the document says about an operation on a link beside its bodies."""
    reference = {
        "name": wire.IN_ADDRESS,
        "in": "query",
        "required": True,
        "description": "The institution's own key of the link, exactly as in its files, percent-encoded.",
        "schema": {"type": "string", **wire.REFERENCE},
    }
    return {"parameters": [reference], "responses": responses(*errors)}


def put(request: HttpRequest, category: str, sent: dict[str, str | None]) -> single.Outcome:
    """Store what was sent, as a file of one row would."""
    reference, order = reference_of(request), order_of(request, category)
    row = wire.row(sent, reference=reference, category=category, today=order.today)
    try:
        return importing.put_row(row, order, losing=losing(client_of(request), at=order.at))
    except single.RowRefused as refused:
        fault = Fault(refused.fault.column, gettext(refused.fault.reason))
        raise Problem(NOT_IN_REGISTER, faults=[fault]) from refused
    except single.Occupied as occupied:
        raise busy() from occupied


def end(request: HttpRequest, category: str) -> single.Outcome:
    """Say that the link has ended."""
    reference, order = reference_of(request), order_of(request, category)
    try:
        return importing.end_record(reference, order, losing=losing(client_of(request), at=order.at))
    except Link.DoesNotExist as missing:
        raise Http404 from missing
    except single.Occupied as occupied:
        raise busy() from occupied


def state_of(link: Link) -> LinkState:
    """The link as its institution may know it."""
    checked_at = last_checked_at(link, link.findings.order_by("-id").first())
    disputed = link.holds.active().aggregate(since=Min("placed_at"))["since"]
    return LinkState(
        category=link.category,
        reference=link.reference,
        status=Standing.UNLINKED if link.was_unlinked else Standing(link.status),
        under_confirmation=disputed is not None,
        disputed_since=disputed and timezone.localtime(disputed),
        checked_on=checked_at and timezone.localdate(checked_at),
    )


def asked_link(request: HttpRequest, category: str) -> Link:
    """The caller's own link that the address names; anybody else's is not there."""
    own = Link.objects.filter(institution=client_of(request).institution, category=category)
    link = own.filter(reference=reference_of(request)).first()
    if link is None:
        raise Http404
    return link


def reference_of(request: HttpRequest) -> str:
    """The reference in the query, exactly as it was encoded; a Problem where there is another thing too."""
    query: str = request.META["QUERY_STRING"]
    try:
        query.encode("ascii")
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except ValueError as problem:
        raise Problem(MALFORMED) from problem
    if [name for name, _value in pairs] != [wire.IN_ADDRESS]:
        raise Problem(UNUSABLE, faults=[Fault(wire.IN_ADDRESS, gettext(ONLY_THE_REFERENCE))])
    reference = pairs[0][1]
    try:
        wire.usable(reference)
        if not reference or reference.isspace():
            raise BadValue(MISSING)
    except BadValue as bad:
        raise Problem(UNUSABLE, faults=[Fault(wire.IN_ADDRESS, gettext(bad.reason))]) from bad
    return reference


def order_of(request: HttpRequest, category: str) -> Order:
    """Whose row it is, and when it came."""
    client = client_of(request)
    return Order(
        institution=client.institution.code,
        category=category,
        today=timezone.localdate(),
        at=timezone.now(),
        client=client,
    )


def client_of(request: HttpRequest) -> ApiClient:
    """The machine that calls."""
    found: Caller = request.auth  # type: ignore[attr-defined]
    return found.client


def busy() -> Problem:
    """A file of this feed is being read, or the database is at its limit."""
    return Problem(BUSY, headers={"Retry-After": BUSY_SECONDS})


TOKEN_REQUEST = {
    "type": "object",
    "required": ["grant_type", "client_assertion_type", "client_assertion"],
    "properties": {
        "grant_type": {"const": granting.GRANT},
        "client_assertion_type": {"const": granting.ASSERTION},
        "client_assertion": {"type": "string", "description": "A JWT that the machine signed (RFC 7523)"},
        "scope": {"type": "string", "description": "Fewer scopes than the machine has, a space between them"},
    },
}


@router.post(
    "/token",
    throttle=[EachAddress()],
    response=TokenAnswer,
    operation_id="token",
    summary="Get an access token",
    url_name="token",
    tags=["token"],
    openapi_extra={
        "requestBody": {"required": True, "content": {granting.FORM: {"schema": TOKEN_REQUEST}}},
        "responses": responses(413, 415, 429, 500) | responses(400, 401, of="OAuth"),
    },
)
def token(request: HttpRequest) -> HttpResponse:
    """An access token for ten minutes, for a machine that signs who it is."""
    return granting.grant(request)


for each in CATEGORIES:
    add_sending(each)
    add_ending(each)
    add_asking(each)
