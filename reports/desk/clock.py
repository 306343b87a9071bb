"""The clock of a case: what must happen next, by when, and how much time is left."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.clocks import working_days_left
from reports.kinds import State
from reports.models import Report

NAMES: dict[str, Promise] = {
    State.RECEIVED: gettext_lazy("Take the case"),
    State.REOPENED: gettext_lazy("Take the case again"),
    State.TRIAGED: gettext_lazy("Decide what to do"),
    State.WITH_INSTITUTION: gettext_lazy("The institution's answer"),
    State.AWAITING_RESIDENT: gettext_lazy("The resident's answer"),
    State.PROPOSED: gettext_lazy("The second person's decision"),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """What runs out, when, and the words beside it; `tone` as in components/chip.html."""

    name: Promise
    until: datetime.date
    words: str
    tone: str


def clock_of(report: Report, *, today: datetime.date) -> Clock | None:
    """The clock that runs for a case; None once it is closed."""
    if not report.is_open:
        return None
    tone, words = remaining(report.next_step_by, today)
    return Clock(NAMES[report.state], report.next_step_by, words, tone)


def remaining(until: datetime.date, today: datetime.date) -> tuple[str, str]:
    """How urgent it is, and how many working days are left or over."""
    days = working_days_left(today, until)
    if until < today:
        return "wrong", _("Overdue since %(days)s working days") % {"days": -days} if days else _("Overdue")
    if days == 0:
        return "attention", _("Today is the last day")
    return "attention" if days == 1 else "info", _("%(days)s working days left") % {"days": days}
