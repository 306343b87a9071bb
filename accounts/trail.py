"""The trail in plain words, as the person it is about reads it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.audit import VERBS
from accounts.models import AuditEvent, User
from accounts.rights import ROLES


@dataclass(frozen=True, slots=True)
class Line:
    """Who did what, when and why; the fields of components/timeline.html."""

    who: str
    title: Promise
    at: datetime.datetime
    detail: str


def lines(events: Iterable[AuditEvent], *, reader: User) -> list[Line]:
    """The events newest first; the same deed of the same person on one day is one line."""
    told: dict[tuple[str, int | None, datetime.date], Line] = {}
    for event in events:
        key = (event.verb, event.actor_id, event.day)
        told.setdefault(key, line(event, reader))
    return list(told.values())


def line(event: AuditEvent, reader: User) -> Line:
    """One event; staff are named by their role, never by their name."""
    why = _("because of %(purpose)s") % {"purpose": event.purpose} if event.purpose else ""
    return Line(who=str(who(event, reader)), title=VERBS[event.verb], at=event.at, detail=str(why))


def who(event: AuditEvent, reader: User) -> Promise | str:
    """The doer in the reader's eyes."""
    if event.actor_id is None:
        return _("This service")
    if event.actor_id == reader.pk:
        return _("You")
    if event.role:
        return ROLES[event.role]
    return _("Somebody acting for you") if event.on_behalf else _("The person concerned")
