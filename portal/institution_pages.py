"""The public pages about institutions: all of them, and how one did."""

import datetime
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import F, OrderBy
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from links.categories import CATEGORIES
from links.models import Institution, Source
from links.registration import GUIDELINE, RULES, Rule
from portal.figure_page import WORDS
from portal.models import Scorecard

INSTITUTIONS_A_PAGE = 50

KINDS = {
    "bank": gettext_lazy("Bank"),
    "health_insurer": gettext_lazy("Health insurer"),
    "clearing_house": gettext_lazy("Clearing house of health insurers"),
    "pension": gettext_lazy("Pension office"),
    "disability": gettext_lazy("Office for disability certificates"),
    "care": gettext_lazy("Care insurance office"),
    "employment": gettext_lazy("Employment office"),
    "tax": gettext_lazy("Tax office"),
    "municipality": gettext_lazy("Municipality"),
}

BY_NAME = (F("institution__name_ja").asc(), F("institution__code").asc())
ORDERS: dict[str, tuple[Promise, tuple[OrderBy, ...]]] = {
    "name": (gettext_lazy("By name"), BY_NAME),
    "feed": (gettext_lazy("Oldest feed first"), (F("fed_on").asc(nulls_first=True), *BY_NAME)),
    "records": (gettext_lazy("Most records first"), (F("records").desc(nulls_last=True), *BY_NAME)),
    "wrong": (gettext_lazy("Most found wrong first"), (F("found_wrong").desc(nulls_last=True), *BY_NAME)),
}

PERCENT = "%"
# field of the scorecard: words, definition, unit
SCORES: dict[str, tuple[Promise, Promise, str]] = {
    "records": (*WORDS["records_linked"], ""),
    "from_applicant_percent": (
        gettext_lazy("Number given by the person"),
        gettext_lazy("Share of the records whose number the person gave: card, form, counter or online."),
        PERCENT,
    ),
    "looked_up_by_three_percent": (
        gettext_lazy("Looked up by three items"),
        gettext_lazy("Share of the records whose number was looked up without a fourth item: the risky way."),
        PERCENT,
    ),
    "found_wrong": (*WORDS["found_wrong"], ""),
    "put_right": (*WORDS["put_right"], ""),
    "median_days": (*WORDS["median_days"], ""),
    "rejected_percent": (
        gettext_lazy("Rows that could not be used"),
        gettext_lazy("Share of the rows in its last files that we had to reject."),
        PERCENT,
    ),
}


@dataclass(frozen=True, slots=True)
class Listing:
    """The scorecards of the latest day (None before the first), a page of them, in one of several orders."""

    day: datetime.date | None
    cards: Page[Scorecard]
    order: str
    orders: list[tuple[str, Promise]]


@dataclass(frozen=True, slots=True)
class Connected:
    """A category that the institution has connected; the fields of components/feed_state.html."""

    title: Promise
    fed_on: datetime.date
    late_since: datetime.date | None


@dataclass(frozen=True, slots=True)
class Score:
    """One figure of a scorecard: its words, what they mean, value (None where it is too small), unit."""

    words: Promise
    definition: Promise
    value: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class InstitutionPage:
    """Who it is, what it has connected, and its latest scorecard if there is one."""

    institution: Institution
    kind: str
    facts: list[dict[str, str]]
    connected: list[Connected]
    day: datetime.date | None
    scores: list[Score]
    rules: list[tuple[Rule, int | None]]
    guideline: Promise = GUIDELINE


def listing(*, order: str, page: str) -> Listing:
    """All institutions by their latest scorecards; an order or a page that is not there gives the first."""
    chosen = order if order in ORDERS else "name"
    day = Scorecard.objects.latest_day()
    cards = Scorecard.objects.filter(day=day) if day else Scorecard.objects.none()
    ordered = cards.select_related("institution").order_by(*ORDERS[chosen][1])
    found = Paginator(ordered, INSTITUTIONS_A_PAGE).get_page(page)
    return Listing(day, found, chosen, [(code, words) for code, (words, _fields) in ORDERS.items()])


def institution_page(institution: Institution) -> InstitutionPage:
    """Everything that the page of one institution shows; two queries."""
    card = institution.scorecards.order_by("-day").first()
    sources = Source.objects.at_hand().filter(institution=institution)
    return InstitutionPage(
        institution=institution,
        kind=str(KINDS.get(institution.kind, institution.kind)),
        facts=facts(institution),
        connected=[connected(source) for source in sorted(sources, key=in_order)],
        day=card.day if card else None,
        scores=scores(card) if card else [],
        rules=[(rule, card.broken_rules.get(rule.code)) for rule in RULES] if card else [],
    )


def facts(institution: Institution) -> list[dict[str, str]]:
    """How it is reached, as far as it said so."""
    rows = {
        _("Contact"): institution.contact,
        _("Opening hours"): institution.hours,
        _("Code"): institution.code,
    }
    return [{"key": key, "value": value} for key, value in rows.items() if value]


def in_order(source: Source) -> int:
    """Where its category stands in the house's order."""
    return list(CATEGORIES).index(source.category)


def connected(source: Source) -> Connected:
    """What a source says of itself today."""
    return Connected(CATEGORIES[source.category], source.fed_on, source.late_since(localdate()))


def scores(card: Scorecard) -> list[Score]:
    """The figures of a scorecard, in the order of the page."""
    return [
        Score(words, definition, getattr(card, name), unit)
        for name, (words, definition, unit) in SCORES.items()
    ]
