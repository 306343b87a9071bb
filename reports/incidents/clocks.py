"""The clocks of an incident: days from its discovery, Sundays included, as the law counts them."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import Incident, LeakReport

# days from the discovery on: ours for the public, the commission's rule for the law on individual numbers
PUBLIC, PRELIMINARY, FINAL = 3, 5, 30
NAMES: dict[str, Promise] = {
    "public": gettext_lazy("Tell the public"),
    "preliminary": gettext_lazy("Preliminary report to the privacy commission"),
    "final": gettext_lazy("Final report to the privacy commission"),
}
DAYS = {"public": PUBLIC, "preliminary": PRELIMINARY, "final": FINAL}


@dataclass(frozen=True, slots=True)
class Clock:
    """What has to be done by when, and since when it is; `tone` as in components/chip.html."""

    code: str
    name: Promise
    until: datetime.date
    done_at: datetime.datetime | None
    words: str
    tone: str


def clocks(incident: Incident, *, today: datetime.date) -> list[Clock]:
    """All of them in their order; two queries."""
    done = ends_of(incident)
    return [clock(incident, code, done.get(code), today=today) for code in NAMES]


def ends_of(incident: Incident) -> dict[str, datetime.datetime]:
    """When each thing was done, by its code; what was not is missing."""
    told = incident.statements.published().last()
    sent = LeakReport.objects.filter(incident=incident, sent_at__isnull=False)
    ends = {str(stage): moment for stage, moment in sent.values_list("stage", "sent_at") if moment}
    return ends | ({"public": told.decided_at} if told and told.decided_at else {})


def due(incident: Incident, code: str) -> datetime.date:
    """The last day for it."""
    return incident.discovered_on + datetime.timedelta(days=DAYS[code])


def clock(incident: Incident, code: str, done_at: datetime.datetime | None, *, today: datetime.date) -> Clock:
    """One of them with its words."""
    until = due(incident, code)
    tone, words = ("ok", _("Done")) if done_at else remaining(until, today)
    return Clock(code, NAMES[code], until, done_at, words, tone)


def remaining(until: datetime.date, today: datetime.date) -> tuple[str, str]:
    """How urgent it is, and how many days are left or over."""
    days = (until - today).days
    if days < 0:
        return "wrong", _("Overdue since %(days)s days") % {"days": -days}
    if days == 0:
        return "attention", _("Today is the last day")
    return ("attention" if days == 1 else "info"), _("%(days)s days left") % {"days": days}


def next_clock(incident: Incident, *, today: datetime.date) -> Clock | None:
    """The one that runs out next; None where all is done."""
    return next((each for each in clocks(incident, today=today) if each.done_at is None), None)
