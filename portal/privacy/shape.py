"""What a rule of retention is: what is kept, how long, from when, why, and what removes it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

YEAR = 365


def removed(model: type[Model]) -> Callable[[list[int]], int]:
    """Rows that nothing else points to simply go."""
    return lambda ids: model._default_manager.filter(pk__in=ids).delete()[0]


class Duty(NamedTuple):
    """What the nightly task finds over by a moment, and what it does with a batch of keys; how many."""

    over: Callable[..., QuerySet]
    forget: Callable[[list[int]], int]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is kept, how long, from when, and why. `stays`: also when somebody deletes their sign-in.

    `days` is None where no day ends it: then `until` says what does. `chosen`: this installation chose it.
    """

    code: str
    what: Promise
    models: tuple[str, ...]
    why: Promise
    until: Promise
    days: int | None = None
    chosen: bool = True
    stays: bool = False
    duties: tuple[Duty, ...] = ()
    task: str = ""

    @property
    def period(self) -> str:
        """How long, in words; empty where no day ends it."""
        if self.days is None:
            return ""
        if self.days % YEAR == 0:
            years = self.days // YEAR
            return ngettext("%(years)d year", "%(years)d years", years) % {"years": years}
        return ngettext("%(days)d day", "%(days)d days", self.days) % {"days": self.days}

    @property
    def kept(self) -> str:
        """How long and from when, in one sentence."""
        until = str(self.until)
        return (
            _("%(period)s, from when %(event)s") % {"period": self.period, "event": until}
            if self.days
            else until
        )

    def limit(self, at: datetime.datetime) -> datetime.datetime:
        """What was over before that moment is removed."""
        return at - datetime.timedelta(days=self.days or 0)
