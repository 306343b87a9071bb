"""The home page's content: what hangs on one person's number, and the one thing to say first."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import Resident
from links.categories import KINDS
from links.models import Institution, Link, ReviewRun
from links.statuses import asks_resident, status_of
from portal.templatetags.dates import japanese_date
from reports.models import Report


@dataclass(frozen=True, slots=True)
class Card:
    """One record as the home page shows it; the fields of components/record_card.html."""

    kind: str
    title: Promise
    url: str
    detail: str
    tone: str
    words: Promise
    note: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The one thing that the page says first; the fields of components/headline.html."""

    kind: str
    text: str
    detail: str = ""
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the page about one resident shows."""

    headline: Headline
    groups: list[tuple[Promise, list[Card]]]
    tiles: list[dict[str, Any]]
    silent: list[Institution]
    last_checked_at: datetime.datetime | None


def overview(resident: Resident) -> Overview:
    """What hangs on the resident's number: four queries, however many records there are."""
    links = list(
        Link.objects.of(resident).select_related("institution").order_by("category", "-linked_on", "id")
    )
    reports = list(Report.objects.open().about(resident).order_by("next_step_by"))
    last_run = (
        ReviewRun.objects.finished().order_by("-finished_at").values_list("finished_at", flat=True).first()
    )
    return Overview(
        headline=headline(links, reports),
        groups=grouped([card(link) for link in links]),
        tiles=tiles(links, last_run),
        silent=silent_institutions(),
        last_checked_at=last_run,
    )


def card(link: Link) -> Card:
    """The card of one record."""
    status = status_of(link)
    return Card(
        kind=link.kind,
        title=link.title,
        url=link.get_absolute_url(),
        detail=" ".join(part for part in (link.institution.name, link.masked_reference) if part),
        tone=status.tone,
        words=status.words,
        note=str(link.details.get("fiscal_year", "")) if link.category == "tax" else "",
    )


def grouped(cards: Sequence[Card]) -> list[tuple[Promise, list[Card]]]:
    """The cards under the headings of the house, in the house's order."""
    order = list(KINDS)
    ordered = sorted(cards, key=lambda card: order.index(card.kind))
    return [(KINDS[kind][0], list(members)) for kind, members in groupby(ordered, key=lambda card: card.kind)]


def headline(links: Sequence[Link], reports: Sequence[Report]) -> Headline:
    """Something needs you, something is being put right, or nothing needs you: the first that is true."""
    reported = {report.link_id for report in reports}
    asking = [link for link in links if link.pk not in reported and (link.held or asks_resident(link))]
    if asking:
        return needs_you(asking)
    if reports:
        return being_fixed(reports[0])
    return Headline("ok", _("Nothing needs you now."), _("Everything that we could check is yours."))


def needs_you(asking: Sequence[Link]) -> Headline:
    """The next step: a withheld record before one that only wants a look."""
    first = min(asking, key=lambda link: not link.held)
    what = {"title": first.title, "institution": first.institution.name}
    if first.held:
        text = _("%(title)s (%(institution)s) may belong to another person.") % what
        detail = _("We stopped its use. Please look, and tell us if something is wrong.")
    else:
        text = _("Is this yours? %(title)s (%(institution)s)") % what
        detail = _("The institution sent too little for us to check it. Please look at it.")
    return Headline("needs", text, detail, first.get_absolute_url(), _("Look and answer"))


def being_fixed(report: Report) -> Headline:
    """Who is doing what, by when."""
    detail = _("The next step comes by %(date)s at the latest.") % {
        "date": japanese_date(report.next_step_by)
    }
    return Headline(
        "fixing",
        _("Support is checking your report."),
        detail,
        report.get_absolute_url(),
        _("See where it stands"),
    )


def tiles(links: Sequence[Link], last_run: datetime.datetime | None) -> list[dict[str, Any]]:
    """Three figures: records, those that match, the day of the last check."""
    matching = sum(1 for link in links if status_of(link).tone in ("ok", "ended"))
    return [
        {"figure": len(links), "words": _("linked records")},
        {"figure": matching, "words": _("found to be yours")},
        {"figure": month_and_day(last_run), "words": _("last check")},
    ]


def month_and_day(moment: datetime.datetime | None) -> str:
    """The day in Japan, short enough for a tile; a dash before the first check."""
    if moment is None:
        return "–"
    day = localtime(moment)
    return f"{day.month}/{day.day}"


def silent_institutions() -> list[Institution]:
    """Institutions that are known and never sent anything: an empty page must not look like 'nothing is linked'."""
    return list(Institution.objects.filter(imports=None).order_by("code"))
