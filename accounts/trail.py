"""The trail in plain words, as the person it is about reads it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.audit import VERBS
from accounts.models import Emptying, Seal, User
from accounts.models.audit import STRANGERS, AuditEventQuerySet
from accounts.rights import ROLES

MOST = 50
# whoever did it says to be this person, and nobody knows yet whether that is true
CLAIMANTS = {"sign_in.asked", "sign_in.code_wrong", "sign_in.disputed"}
# whoever did it was given the person's code, and does not act for them
CODE_HOLDERS = {"authority.code_opened", "authority.declined"}


@dataclass(frozen=True, slots=True)
class Line:
    """Who did what, when and why."""

    who: str
    title: Promise
    at: datetime.datetime
    detail: str


def recorded_since(*, at: datetime.datetime) -> datetime.datetime:
    """From when on the trail knows everything: it began then, or what is older was removed."""
    first = Seal.objects.filter(pk=1).values_list("at", flat=True).first()
    return max(filter(None, (first or at, Emptying.objects.reach())))


def lines(events: AuditEventQuerySet, *, reader: User) -> list[Line]:
    """The deeds, latest first, at most 50; the same deed of one person on one day is one line. One query."""
    return [line(deed, reader) for deed in events.day_by_day()[:MOST]]


def line(deed: dict[str, Any], reader: User) -> Line:
    """One deed; staff are named by their role, never by their name."""
    why = _("because of %(purpose)s") % {"purpose": deed["purpose"]} if deed["purpose"] else ""
    return Line(who=str(who(deed, reader)), title=VERBS[deed["verb"]], at=deed["last_at"], detail=str(why))


def who(deed: dict[str, Any], reader: User) -> Promise | str:
    """The doer in the reader's eyes."""
    if deed["verb"] in STRANGERS:
        return _("Somebody")
    if deed["actor"] is None:
        return _("This service")
    if deed["actor"] == reader.pk:
        return _("You")
    if deed["on_behalf"]:
        return _("Somebody with authority to act")
    if deed["role"]:
        return ROLES[deed["role"]]
    if deed["verb"] in CODE_HOLDERS:
        return _("Somebody who has the code")
    claims = deed["verb"] in CLAIMANTS
    return _("Somebody who says to be this person") if claims else _("The person concerned")
