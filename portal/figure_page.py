"""The page of public figures: the latest rows with their definitions, and how they came about day by day."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.models import Figure

DAYS_DRAWN = 30
PERCENT = "%"

WORDS: dict[str, tuple[Promise, Promise]] = {
    "records_linked": (_("Linked records"), _("Records that hang on somebody's number today.")),
    "records_checked": (_("Checked"), _("Records that were compared with the resident register.")),
    "records_right": (
        _("Match the register"),
        _("Records whose holder is the person, by the check or by a decision of staff."),
    ),
    "records_unverifiable": (
        _("Too little sent to check"),
        _("The office sent nothing by which the holder can be told. We ask the person."),
    ),
    "records_in_review": (_("A person is checking it"), _("The check found a doubt. Our staff look at it.")),
    "records_not_checked": (_("Not checked yet"), _("Records whose present data were not compared yet.")),
    "not_checked_new": (
        _("Not checked: new"),
        _("They came after the last check. They wait for the next."),
    ),
    "not_checked_changed": (
        _("Not checked: changed"),
        _("They were checked before. The office then sent other data, which wait for the next check."),
    ),
    "found_wrong": (
        _("Found wrong"),
        _("Records that pointed to another person, those included that were put right."),
    ),
    "withheld_now": (
        _("Stopped now"),
        _("Records whose use is stopped until it is known whose they are, by the check or by a report."),
    ),
    "wrong_in_use": (
        _("Not stopped, in doubt"),
        _("Too much of one file pointed to other people. The file itself may be wrong: nothing was stopped."),
    ),
    "put_right": (
        _("Put right"),
        _("Wrong records that two members of staff removed from the number, or that the office took back."),
    ),
    "median_days": (_("Days until put right"), _("Half of the reports took at most this many days.")),
    "alarms_decided": (
        _("Alarms decided"),
        _("Records that the check called another person's, and about which two members of staff decided."),
    ),
    "alarms_right": (_("Alarms that were right"), _("Staff decided: it was another person's.")),
    "false_alarms": (_("False alarms"), _("Staff decided: it was the person's own. It was released.")),
    "precision_percent": (
        _("Right alarms, at least"),
        _("Of the alarms about which staff decided, at least this share was right."),
    ),
    "incidents": (
        _("Incidents"),
        _("An office made the same mistake with several people. Each has a page of its own."),
    ),
    "people_affected": (
        _("People affected by incidents"),
        _("Whether they reported it or not. Each is counted once."),
    ),
    "offices_connected": (_("Connected offices"), _("Offices that have sent records.")),
    "offices_late": (_("Late offices"), _("Connected offices whose next records should have come.")),
    "offices_not_connected": (_("Offices not connected"), _("Offices that never sent anything.")),
}
UNITS = {"precision_percent": PERCENT}
SECTIONS: list[tuple[Promise, list[str]]] = [
    (_("What was checked"), ["records_linked", "records_checked", "records_not_checked"]),
    (
        _("What was wrong"),
        ["found_wrong", "withheld_now", "put_right", "median_days"],
    ),
    (
        _("How often the check was right"),
        ["alarms_decided", "alarms_right", "false_alarms", "precision_percent"],
    ),
    (_("Incidents"), ["incidents", "people_affected"]),
    (_("Offices"), ["offices_connected", "offices_late", "offices_not_connected"]),
]
# what the records of today are, each in one of these
PARTS = [
    "records_right",
    "records_unverifiable",
    "records_in_review",
    "withheld_now",
    "wrong_in_use",
    "not_checked_new",
    "not_checked_changed",
]
DRAWN = ["found_wrong", "put_right", "withheld_now"]


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure: its code, words, definition, value (None where it is too small) and unit."""

    code: str
    words: Promise
    definition: Promise
    value: int | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FigurePage:
    """The day of the figures (None before the first), the figures under their headings, and two charts.

    `parts` are the records of today by what is so of them; `lines` some figures over the last days.
    """

    day: datetime.date | None
    sections: list[tuple[Promise, list[Shown]]]
    parts: list[Shown]
    days: list[datetime.date]
    lines: list[tuple[Promise, list[int | None]]]


def figure_page() -> FigurePage:
    """The figures of the latest day that has them, and some of the days before; two queries."""
    day = Figure.objects.latest_day()
    known = Figure.objects.since(day - datetime.timedelta(days=DAYS_DRAWN - 1)).by_day() if day else {}
    values = known[day] if day else {}
    days = sorted(known)
    return FigurePage(
        day=day,
        sections=[(title, [shown(code, values) for code in codes]) for title, codes in SECTIONS],
        parts=[shown(code, values) for code in PARTS],
        days=days,
        lines=[(WORDS[code][0], [known[each].get(code) for each in days]) for code in DRAWN],
    )


def shown(code: str, values: Mapping[str, int | None]) -> Shown:
    """One figure with its words."""
    words, definition = WORDS[code]
    return Shown(code, words, definition, values.get(code), UNITS.get(code, ""))
