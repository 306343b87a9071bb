"""The way through the questions of a report that is about no record."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Resident, User
from links.models import Link
from reports.journey import LAST, LEADS, SEND, answered, rows_of
from reports.kinds import Kind, Page
from reports.models import Draft
from reports.other_forms import OTHER_QUESTIONS
from reports.routes import Route

WHERE = _("Where and when was it printed?")
HEADINGS = LEADS | {"where": WHERE}


def start_url(resident: Resident) -> str:
    """Where one says what kind of report it is."""
    return reverse("reports:other_start", args=[resident.public_id])


def other_route(resident: Resident, kind: str) -> Route:
    """The way through the questions of that kind about that person."""
    pages = ("reports:other_question", "reports:other_check")
    return Route(tuple(OTHER_QUESTIONS[kind]), *pages, (resident.public_id, kind), start_url(resident))


def question_page(resident: Resident, kind: str, step: str, *, checking: bool) -> dict[str, Any]:
    """What templates/question.html needs besides the form."""
    way = other_route(resident, kind)
    return {
        "about": Kind(kind).label,
        "question": HEADINGS.get(step, ""),
        "back_url": way.back_url(step, checking=checking),
        "step": way.number(step),
        "total": len(way.steps),
        "keep_form": "question",
    }


def check_page(resident: Resident, kind: str, draft: dict[str, Any]) -> dict[str, Any]:
    """What the page shows on which everything is looked at before it is sent."""
    way = other_route(resident, kind)
    rows: list[dict[str, object]] = []
    for step, question in OTHER_QUESTIONS[kind].items():
        rows += rows_of(answered(question, draft), f"{way.url(step)}?check=1")
    return {
        "about": Kind(kind).label,
        "rows": rows,
        "question": LAST,
        "action": SEND,
        "back_url": way.url(way.steps[-1]),
        "discard_url": reverse("reports:other_discard", args=way.args),
    }


def kept(user: User, resident: Resident, kind: str) -> dict[str, Any]:
    """The answers of the user's draft of that kind about that person."""
    draft = Draft.objects.filter(user=user, link=None, resident=resident, kind=kind).first()
    return draft.answers if draft else {}


def records_of(resident: Resident) -> list[tuple[str, str]]:
    """The person's records as choices: nothing but kind, office and the end of a number that is shown."""
    links = Link.objects.of(resident).select_related("institution").order_by("category", "-linked_on", "pk")
    return [
        (link.public_id, f"{link.title} ・ {link.office} {link.masked_reference}".strip()) for link in links
    ]


def is_page(where: str) -> bool:
    """Whether it is a page and no record."""
    return where in Page.values
