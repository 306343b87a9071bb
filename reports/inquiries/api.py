"""What an institution's machine may do with what the institution is asked: read it, and answer once."""

import datetime
from enum import StrEnum

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from accounts.free_text import LONGEST, REFUSED, without_individual_numbers
from links.api import client_of
from links.guards import EachClient, OAuth2
from links.models import ApiClient
from links.problems import UNUSABLE, Fault, Problem, responses
from reports import actions
from reports.models import Inquiry
from reports.models.inquiries import InquiryQuerySet

MOST = 100
READ, WRITE = OAuth2(ApiClient.Scope.READ), OAuth2(ApiClient.Scope.WRITE)
router = Router(throttle=[EachClient()])
TEXT = r"^[^\x00]*[^\s\x00][^\x00]*$"


class Asking(StrEnum):
    """What sort of question it is."""

    QUESTION = "question"
    MOVE = "move"
    ATTRIBUTE = "attribute"


class InquiryState(StrEnum):
    """Whether it still waits for the answer, and what that was."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


class Asked(Schema):
    """One open question; it names the institution's own record, nothing of the resident."""

    id: str
    kind: Asking
    category: str = Field(description="Empty where it is about no record")
    reference: str = Field(description="The institution's own key of the record; empty where there is none")
    text: str
    asked_at: datetime.datetime
    answer_by: datetime.date


class Answer(Schema):
    """Whether it is done, or answered; and what there is to say."""

    model_config = ConfigDict(extra="forbid")

    done: bool = Field(strict=True)
    text: str = Field(min_length=1, max_length=LONGEST, pattern=TEXT)


class Answered(Schema):
    """How it stands now."""

    id: str
    state: InquiryState


@router.get(
    "/inquiries",
    auth=READ,
    response=list[Asked],
    operation_id="list_inquiries",
    summary="What the institution is asked",
    url_name="inquiries",
    tags=["inquiries"],
    openapi_extra={"responses": responses(401, 403, 429, 500)},
)
def list_inquiries(request: HttpRequest) -> list[Asked]:
    """The next hundred, the clock that runs out next first."""
    asked = list(scope(request).open().next_first()[:MOST])
    actions.open_inquiries(inquiries=asked, client=client_of(request), at=timezone.now())
    return [told(each) for each in asked]


@router.put(
    "/inquiries/{inquiry_id}",
    auth=WRITE,
    response=Answered,
    operation_id="answer_inquiry",
    summary="Answer",
    url_name="inquiry",
    tags=["inquiries"],
    openapi_extra={"responses": responses(400, 401, 403, 404, 413, 415, 422, 429, 500)},
)
def put_answer(request: HttpRequest, inquiry_id: str, body: Answer) -> Answered:
    """The answer counts once: another one changes nothing and is told how it stands."""
    if without_individual_numbers(body.text) != body.text:
        raise Problem(UNUSABLE, faults=[Fault("text", str(REFUSED))])
    asked = scope(request).filter(public_id=inquiry_id).first()
    if asked is None:
        raise Http404
    try:
        asked = actions.answer_inquiry(
            inquiry=asked,
            done=body.done,
            text=body.text,
            by=None,
            client=client_of(request),
            at=timezone.now(),
        )
    except actions.ReportError:
        asked.refresh_from_db()
    return Answered(id=asked.public_id, state=InquiryState(asked.state))


def scope(request: HttpRequest) -> InquiryQuerySet:
    """What the caller's institution is asked; anybody else's is not there."""
    return Inquiry.objects.routed_to(client_of(request).institution).select_related("report__link")


def told(asked: Inquiry) -> Asked:
    """One question as the machine reads it."""
    link = asked.report.link
    return Asked(
        id=asked.public_id,
        kind=Asking(asked.kind),
        category=link.category if link else "",
        reference=link.reference if link else "",
        text=asked.text,
        asked_at=timezone.localtime(asked.asked_at),
        answer_by=asked.answer_by,
    )
