"""The staff's front page: what waits in every room, worst first."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Claim, Mandate, User
from certificates.models import Application
from links.models import Matter, ReviewRun, Source
from notices.models import Delivery
from portal.templatetags.dates import japanese_date
from reports.desk import queue
from reports.models import Call, Incident

CASES = 5
MATTERS = 50
TONES = {Matter.Kind.FEED_REFUSED: "wrong", Matter.Kind.REVIEW_STOPPED: "wrong"}


@dataclass(frozen=True, slots=True)
class Line:
    """One matter: its title, about whom, why, since when."""

    title: str
    tone: str
    about: str
    why: str
    url: str
    opened_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The next cases and how many there are; calls, applications, sign-ins, mandates, letters; matters.

    None where the reader's role has no such page.
    """

    cases: list[queue.Row] | None
    open_cases: int
    calls: int | None
    incidents: int | None
    applications: int | None
    sign_ins: int | None
    mandates: int | None
    letters: int | None
    watches_notices: bool
    matters: list[Line]
    more_matters: int


def front_page(user: User, *, today: datetime.date) -> FrontPage:
    """Everything that waits for this member of staff."""
    works, matters = user.may("desk.view"), Matter.objects.open()
    worst = list(matters.select_related("institution", "feed_import").worst_first()[:MATTERS])
    return FrontPage(
        cases=queue.rows(queue.cases()[:CASES], today=today) if works else None,
        open_cases=queue.Pages(queue.cases(), CASES).count if works else 0,
        calls=Call.objects.waiting().count() if works else None,
        incidents=Incident.objects.open().count() if user.may("incidents.view") else None,
        applications=Application.objects.open().count() if user.may("certificates.view") else None,
        sign_ins=Claim.objects.for_staff().count() if user.may("identity.view") else None,
        mandates=Mandate.objects.open().count() if user.may("identity.view") else None,
        letters=Delivery.objects.letters_to_print().count() if user.may("letters.view") else None,
        watches_notices=user.may("notices.watch"),
        matters=lines(worst),
        more_matters=matters.count() - MATTERS if len(worst) == MATTERS else 0,
    )


def lines(matters: list[Matter]) -> list[Line]:
    """The matters in words; two queries, however many they are."""
    fed = {(source.institution_id, source.category): source for source in sources(matters)}
    stopped = ReviewRun.objects.stopped_feeds() if matters else {}
    return [
        Line(
            title=str(matter.get_kind_display()),
            tone=TONES.get(Matter.Kind(matter.kind), "attention"),
            about=" ・ ".join(filter(None, (matter.institution.name, str(matter.get_category_display())))),
            why=why(matter, fed.get((matter.institution_id, matter.category)), stopped),
            url=reverse("portal:institution", args=[matter.institution.code]),
            opened_at=matter.opened_at,
        )
        for matter in matters
    ]


def sources(matters: list[Matter]) -> "list[Source]":
    """Where the late ones of them come from."""
    institutions = {matter.institution_id for matter in matters if matter.kind == Matter.Kind.LATE_FEED}
    return list(Source.objects.at_hand().filter(institution__in=institutions)) if institutions else []


def why(matter: Matter, source: Source | None, stopped: dict[tuple[str, str], tuple[int, int]]) -> str:
    """What happened, as far as it is known."""
    code = matter.institution.code
    if matter.feed_import:
        return matter.feed_import.refusal
    if matter.kind == Matter.Kind.UNKNOWN_INSTITUTION:
        return _("Its code is %(code)s. Describe it with import_institutions.") % {"code": code}
    if matter.kind == Matter.Kind.REVIEW_STOPPED:
        new, size = stopped.get((code, matter.category), (0, 0))
        return _("%(new)s of %(size)s records would be withheld. Nothing was.") % {"new": new, "size": size}
    return late(source) if source else ""


def late(source: Source) -> str:
    """When the last feed came, and when the next one should have."""
    days = {"fed": japanese_date(source.fed_on), "due": japanese_date(source.due_on)}
    return _("The last feed came on %(fed)s. The next one was due on %(due)s.") % days
