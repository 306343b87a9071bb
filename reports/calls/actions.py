"""What people do with calls: ask for one, take it back, enter what came of it."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.limits import has_place
from accounts.models import Resident, User
from accounts.subjects import is_own_affair
from notices.actions import tell
from reports.calls.words import fresh
from reports.models.calls import MOST_TRIES, Call
from reports.moving import NOT_STAFF, OWN_CASE, ReportError

A_DAY = 24 * 3600
MOST_A_DAY = 5
TOO_MANY = _("You asked for many calls today. Please call us: the number stands on this page.")
SETTLED = _("Somebody has already entered a result.")
RESULTS = {
    "spoken": _("I spoke with the person"),
    "no_answer": _("Nobody answered"),
    "wrong_number": _("It is a wrong number"),
}


def ask(*, telephone: str, part: str, language: str, by: User, at: datetime.datetime) -> Call:
    """Put a request into the desk's queue; where one waits already, that one: its word stays good."""
    waiting = Call.objects.waiting().filter(by=by).first()
    if waiting:
        return waiting
    if not has_place(MOST_A_DAY, what="calls", who=str(by.pk), at=at, seconds=A_DAY):
        raise ReportError(TOO_MANY)
    try:
        return created(telephone=telephone, part=part, language=language, by=by, at=at)
    except IntegrityError:
        return Call.objects.waiting().get(by=by)


@transaction.atomic
def created(*, by: User, at: datetime.datetime, **asked: str) -> Call:
    """The new request; IntegrityError where another came first."""
    call = Call.objects.create(
        **asked,
        by=by,
        resident=Resident.objects.person_of(by),
        word=fresh(),
        asked_at=at,
        call_by=localdate(at) + datetime.timedelta(days=1),
    )
    note_down(call, "call.asked", by=by, at=at)
    return call


@transaction.atomic
def withdraw(*, call: Call, by: User, at: datetime.datetime) -> Call:
    """Nobody calls any more; refused where a result was entered meanwhile."""
    call = locked(call)
    settle(call, Call.State.WITHDRAWN, at=at)
    note_down(call, "call.withdrawn", by=by, at=at)
    return call


@transaction.atomic
def open_call(*, call: Call, by: User, at: datetime.datetime) -> None:
    """A member of staff sees number and word: that is recorded."""
    refuse_outsiders(call, by=by, at=at)
    note_down(call, "call.opened", by=by, at=at)


@transaction.atomic
def enter_result(*, call: Call, result: str, by: User, at: datetime.datetime) -> Call:
    """What came of calling; who did not answer is called again, three times in all, and told at the end."""
    refuse_outsiders(call, by=by, at=at)
    call = locked(call)
    if result == "spoken":
        settle(call, Call.State.SPOKEN, at=at)
    else:
        call.tries, call.tried_at = call.tries + 1, at
        call.call_by = localdate(at) + datetime.timedelta(days=1)
        if result == "wrong_number" or call.tries >= MOST_TRIES:
            give_up(call, at=at)
        call.save()
    note_down(call, f"call.{result}", by=by, at=at)
    return call


def give_up(call: Call, *, at: datetime.datetime) -> None:
    """End it and tell the person, whom we may know by their sign-in only."""
    settle(call, Call.State.NOT_REACHED, at=at)
    if call.resident_id:
        tell(resident_id=call.resident_id, kind="call.not_reached", subject=("call", call.public_id), at=at)


def refuse_outsiders(call: Call, *, by: User, at: datetime.datetime) -> None:
    """Only the desk calls, and nobody themselves or those for whom they act."""
    if not by.may("desk.work"):
        raise ReportError(NOT_STAFF)
    own = call.resident_id and is_own_affair(by, call.resident_id, on=localdate(at))
    if own or call.by_id == by.pk:
        raise ReportError(OWN_CASE)


def locked(call: Call) -> Call:
    """Its present row, locked; refused once it is settled."""
    row = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if not row.waits:
        raise ReportError(SETTLED)
    return row


def settle(call: Call, state: Call.State, *, at: datetime.datetime) -> None:
    """Nobody has to call any more, so the number goes."""
    call.state, call.settled_at, call.telephone = state, at, ""
    call.save()


def note_down(call: Call, verb: str, *, by: User, at: datetime.datetime) -> None:
    """Write the deed into the trail."""
    whose: dict[str, Any] = {"resident": call.resident_id} if call.resident_id else {}
    why = "called_for" if by.works_here else ""
    audit.record(verb, by=by, at=at, subject=("call", call.public_id), purpose=why, **whose)
