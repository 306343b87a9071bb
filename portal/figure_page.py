"""The page of public figures: the latest rows, with their definitions."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.models import Figure

WORDS: dict[str, tuple[Promise, Promise]] = {
    "records_linked": (_("Linked records"), _("Records that hang on somebody's number today.")),
    "records_checked": (_("Checked"), _("Records that were compared with the resident register.")),
    "records_not_checked": (_("Not checked yet"), _("Records that still wait for their first check.")),
    "found_wrong": (_("Found wrong"), _("Records that pointed to another person. Their use was stopped.")),
    "put_right": (_("Put right"), _("Wrong records that two members of staff removed from the number.")),
    "median_days": (_("Days until put right"), _("Half of the reports took at most this many days.")),
    "offices_connected": (_("Connected offices"), _("Offices that have sent records.")),
    "offices_late": (_("Late offices"), _("Connected offices whose next records should have come.")),
    "offices_not_connected": (_("Offices not connected"), _("Offices that never sent anything.")),
}


@dataclass(frozen=True, slots=True)
class FigurePage:
    """The day of the figures (None before the first) and their rows: words, definition, value."""

    day: datetime.date | None
    rows: list[tuple[Promise, Promise, int | None]]


def latest_figures() -> FigurePage:
    """The figures of the latest day that has them, in the order of the page."""
    latest = Figure.objects.order_by("-day").values_list("day", flat=True).first()
    values = dict(Figure.objects.filter(day=latest).values_list("code", "value")) if latest else {}
    rows = [(words, definition, values.get(code)) for code, (words, definition) in WORDS.items()]
    return FigurePage(day=latest, rows=rows)
