"""The home page's content: what hangs on one person's number, and the one thing to say first."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, TypedDict

from django.core.cache import caches
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Resident, User
from links.categories import KINDS
from links.models import Link, ReviewRun, Source
from links.statuses import BEING_CHECKED, asks_resident, status_of
from portal.templatetags.dates import japanese_date
from reports.models import Report
from reports.progress import standing


class Card(TypedDict):
    """One record as the home page shows it; what components/records.html asks for, ten times a page."""

    kind: str
    title: Promise
    url: str
    detail: str
    tone: str
    words: Promise
    note: str
    fed: str


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
    parts: list[tuple[int, Promise]]
    last_checked_at: datetime.datetime | None


def overview(
    resident: Resident, others: "Sequence[Represented]" = (), *, reader: User | None = None
) -> Overview:
    """What hangs on the resident's number, and what waits for others: three queries, however many records.

    `reader` is somebody else, who sees what authority reaches.
    """
    found = Link.objects.of(resident)
    # most people reported nothing: what belongs to a report is asked for only where there is one
    open_ones = Report.objects.open().about(resident).prefetch_related("institution", "printout")
    if reader:
        found = found.visible_to(reader, on=localdate())
        open_ones = open_ones.visible_to(reader, on=localdate())
    links = sorted(found.select_related("institution"), key=newest_of_each_category)
    reports = by_clock(open_ones, links)
    last_run = last_whole_check()
    sources = feeds(links)
    return Overview(
        headline=first_of_all(headline(links, reports), others),
        groups=grouped([card(link, sources.get((link.institution_id, link.category))) for link in links]),
        tiles=tiles(links, last_run),
        parts=parts(links),
        last_checked_at=last_run,
    )


def newest_of_each_category(link: Link) -> tuple[str, int, int]:
    """The order of the records: by category, the one that was linked last first."""
    return link.category, -link.linked_on.toordinal(), link.pk


def by_clock(found: Iterable[Report], links: Sequence[Link]) -> list[Report]:
    """The reports by their clocks, each with the record that was read already."""
    reports = sorted(found, key=attrgetter("next_step_by", "pk"))
    at_hand = {link.pk: link for link in links}
    for report in reports:
        report.link = (at_hand.get(report.link_id) if report.link_id else None) or report.link
    return reports


def feeds(links: Sequence[Link]) -> dict[tuple[int, str], Source]:
    """Where the records come from, by institution and category; institutions were read with the records."""
    institutions = {link.institution_id: link.institution for link in links}
    sources = Source.objects.of(links).select_related("last_import") if links else []
    for source in sources:
        source.institution = institutions[source.institution_id]
    return {(source.institution_id, source.category): source for source in sources}


def last_whole_check() -> datetime.datetime | None:
    """When every record was last checked: the same for everyone, at most a minute old."""
    moment: datetime.datetime | None = caches["process"].get_or_set(
        "last-whole-check", ReviewRun.objects.last_whole_at, timeout=60
    )
    return moment


def card(link: Link, source: Source | None = None) -> Card:
    """The card of one record, with the last feed of where it comes from."""
    status = status_of(link)
    return Card(
        kind=link.kind,
        title=link.title,
        url=link.get_absolute_url(),
        detail=" ".join(part for part in (str(link.office), link.masked_reference) if part),
        tone=status.tone,
        words=status.words,
        note=note(link),
        fed=fed(source) if source else "",
    )


def note(link: Link) -> str:
    """Since when the record is here; for taxes the year too, unless the details are hidden."""
    since = _("Recorded since %(date)s") % {"date": japanese_date(link.recorded_at)}
    year = link.details.get("fiscal_year") if link.category == "tax" and link.shows_details else ""
    return _("Fiscal year %(year)s") % {"year": year} + f" ・ {since}" if year else since


def fed(source: Source) -> str:
    """When the institution last sent a feed, and since when the next one is missing."""
    last = _("Last feed on %(day)s") % {"day": japanese_date(source.fed_on)}
    late = source.late_since(localdate())
    return last + " ・ " + _("Late since %(day)s") % {"day": japanese_date(late)} if late else last


def grouped(cards: Sequence[Card]) -> list[tuple[Promise, list[Card]]]:
    """The cards under the headings of the house, in the house's order."""
    order = list(KINDS)
    ordered = sorted(cards, key=lambda card: order.index(card["kind"]))
    return [(KINDS[kind][0], list(members)) for kind, members in groupby(ordered, key=itemgetter("kind"))]


def headline(links: Sequence[Link], reports: Sequence[Report]) -> Headline:
    """Something needs you, something is being put right, or nothing needs you: the first that is true."""
    for report in reports:
        if report.needs_resident:
            return answer_us(report)
    reported = {report.link_id for report in reports}
    asking = [link for link in links if link.pk not in reported and needs_look(link)]
    if asking:
        return needs_you(asking)
    if reports:
        return being_fixed(reports[0])
    doubted = [link for link in links if link.was_checked and status_of(link) == BEING_CHECKED]
    if doubted:
        return being_checked(doubted[0])
    return all_in_order(links)


def first_of_all(own: Headline, others: "Sequence[Represented]") -> Headline:
    """One's own headline, unless it asks for nothing while another person's record does."""
    waiting = next((other for other in others if other.needs_look), None)
    return own if waiting is None or own.kind == "needs" else look_at(waiting)


def needs_look(link: Link) -> bool:
    """Whether the resident should look at the record: it is withheld, or only they can say whose it is."""
    return link.held or asks_resident(link)


def answer_us(report: Report) -> Headline:
    """Support waits for the resident's answer."""
    now = standing(report)
    return Headline("needs", now.text, now.next_step, report.get_absolute_url(), _("Read and answer"))


def look_at(other: "Represented") -> Headline:
    """Nothing of one's own waits, but something of a person for whom one acts."""
    text = _("Please look at the records of %(name)s.") % {"name": other.name}
    detail = _("One of them may belong to another person.")
    return Headline(
        "needs", text, detail, reverse("portal:person", args=[other.public_id]), _("Look and answer")
    )


def being_checked(link: Link) -> Headline:
    """Staff look at a record of their own accord."""
    text = _("Our staff are checking a record: %(title)s (%(institution)s)") % named(link)
    return Headline("fixing", text, _("You need not do anything. We will tell you what comes of it."))


def all_in_order(links: Sequence[Link]) -> Headline:
    """Nothing to do: said of records only that were checked."""
    if not links:
        detail = _("No office that is connected sent a record for your number.")
    elif all(link.was_checked for link in links):
        detail = _("We checked every record. They match your data.")
    else:
        detail = _("Some records were not checked yet. We will tell you if something is wrong.")
    return Headline("ok", _("Nothing needs you now."), detail)


def needs_you(asking: Sequence[Link]) -> Headline:
    """The next step: a withheld record before one that only wants a look."""
    first = min(asking, key=lambda link: not link.held)
    if first.held:
        text = _("%(title)s (%(institution)s) may belong to another person.") % named(first)
        detail = _("We stopped its use. Please look, and tell us if something is wrong.")
    else:
        text = _("Is this yours? %(title)s (%(institution)s)") % named(first)
        detail = _("The institution sent too little for us to check it. Please look at it.")
    return Headline("needs", text, detail, first.get_absolute_url(), _("Look and answer"))


def named(link: Link) -> dict[str, object]:
    """What a sentence calls the record: nothing that hidden details would tell."""
    return {"title": link.title, "institution": link.office}


def being_fixed(report: Report) -> Headline:
    """Who is doing what, by when."""
    now = standing(report)
    by_then = {"date": japanese_date(now.next_on)}
    detail = _("The next step comes by %(date)s at the latest.") % by_then
    return Headline("fixing", now.text, detail, report.get_absolute_url(), _("See where it stands"))


def tiles(links: Sequence[Link], last_run: datetime.datetime | None) -> list[dict[str, Any]]:
    """Three figures: records, those that match, the day of the last check."""
    matching = sum(1 for link in links if status_of(link).tone in ("ok", "ended"))
    return [
        {"figure": len(links), "words": _("linked records")},
        {"figure": matching, "words": _("found to be yours")},
        {"figure": month_and_day(last_run), "words": _("last check")},
    ]


def parts(links: Sequence[Link]) -> list[tuple[int, Promise]]:
    """How many records stand how, in the order in which components/checked.html colours them."""
    found = Counter(part_of(link) for link in links)
    return [(found[part], words) for part, words in PARTS.items()]


def part_of(link: Link) -> str:
    """What the check made of a record so far."""
    if link.held:
        return "withheld"
    if not link.was_checked:
        return "unchecked"
    return "yours" if status_of(link).tone in ("ok", "ended") else "open"


PARTS: dict[str, Promise] = {
    "yours": gettext_lazy("checked, and yours"),
    "unchecked": gettext_lazy("not checked yet"),
    "open": gettext_lazy("still to be made sure"),
    "withheld": gettext_lazy("stopped while we check"),
}


def month_and_day(moment: datetime.datetime | None) -> str:
    """The day in Japan, short enough for a tile; a dash before the first check."""
    if moment is None:
        return "–"
    day = localtime(moment)
    return f"{day.month}/{day.day}"


@dataclass(frozen=True, slots=True)
class Represented:
    """Somebody for whom the user may act, and whether one of their records needs a look."""

    public_id: str
    name: str
    needs_look: bool


def represented(residents: Iterable[Resident], *, reader: User) -> list[Represented]:
    """Those residents with whether the reader sees that something waits: one query for all."""
    known = list(residents)
    if not known:
        return []
    reported = Report.objects.open().filter(resident__in=known, link__isnull=False).values("link")
    links = Link.objects.standing().visible_to(reader, on=localdate()).filter(resident__in=known)
    waiting = {link.resident_id for link in links.exclude(pk__in=reported) if needs_look(link)}
    return [Represented(who.public_id, who.name, who.pk in waiting) for who in known]
