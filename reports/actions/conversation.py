"""Messages between resident and support, questions, and the notes of staff."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports import inquiring
from reports.clocks import DAYS_TO_ANSWER, working_days_after
from reports.kinds import State
from reports.models import Inquiry, Message, Report
from reports.moving import (
    CLOSED_ALREADY,
    ReportError,
    locked,
    locked_by_staff,
    move,
    note_down,
    tell_resident,
)

NOTHING_ABOUT_STRANGERS = _(
    "You need not write anything. For questions, please call us: "
    "nothing about another person is to be written down here."
)
# Who reads a question: what an institution was asked may name another person
READERS = {
    State.AWAITING_RESIDENT: Message.Audience.RESIDENT,
    State.WITH_INSTITUTION: Message.Audience.STAFF,
}


def say(report: Report, audience: Message.Audience, text: str, *, by: User, at: datetime.datetime) -> bool:
    """Store a message of a locked report; False where the same was just sent: a form posted twice."""
    if not report.is_open:
        raise ReportError(CLOSED_ALREADY)
    last = report.messages.order_by("-id").first()
    if last and (last.audience, last.text, last.by_id) == (audience, text, by.pk):
        return False
    Message.objects.create(
        report=report, resident_id=report.resident_id, audience=audience, text=text, by=by, at=at
    )
    return True


@transaction.atomic
def answer(*, report: Report, text: str, by: User, at: datetime.datetime) -> Report:
    """The resident writes to support; where an answer was awaited, checking goes on."""
    report = locked(report)
    if report.is_leak and not report.needs_resident:
        raise ReportError(NOTHING_ABOUT_STRANGERS)
    if not say(report, Message.Audience.SUPPORT, text, by=by, at=at):
        return report
    if report.needs_resident:
        move(report, State.TRIAGED, by=by, at=at)
    else:
        # whoever is deciding right now must read this first
        report.version += 1
        report.save(update_fields=["version"])
    note_down(report, "report.message_sent", by=by, at=at)
    return report


@transaction.atomic
def ask_resident(
    *, report: Report, version: int, text: str, days: int = DAYS_TO_ANSWER, by: User, at: datetime.datetime
) -> Report:
    """Ask the resident and wait so many working days for the answer; then checking goes on without it."""
    report = ask(report, State.AWAITING_RESIDENT, text, version=version, by=by, at=at)
    report.next_step_by = working_days_after(localdate(at), days)
    report.save(update_fields=["next_step_by"])
    note_down(report, "report.message_sent", by=by, at=at)
    tell_resident(report, "report.needs_you", at=at)
    return report


@transaction.atomic
def ask_institution(*, report: Report, version: int, text: str, by: User, at: datetime.datetime) -> Report:
    """Ask through the institution's channel and wait; the question stays as a note that only staff see."""
    report = ask(report, State.WITH_INSTITUTION, text, version=version, by=by, at=at)
    inquiring.ask(report, Inquiry.Kind.QUESTION, text, by=by, at=at)
    note_down(report, "report.moved", by=by, at=at)
    tell_resident(report, "report.moved", at=at)
    return report


def ask(
    report: Report, waits_for: State, text: str, *, version: int, by: User, at: datetime.datetime
) -> Report:
    """The case, locked, which waits for an answer from now on; who may read the question can."""
    report = locked_by_staff(report, version=version, by=by, at=at)
    move(report, waits_for, by=by, at=at)
    say(report, READERS[waits_for], text, by=by, at=at)
    return report


@transaction.atomic
def reply(*, report: Report, version: int, text: str, by: User, at: datetime.datetime) -> Report:
    """Support writes to the resident; the case stays where it is."""
    report = locked_by_staff(report, version=version, by=by, at=at)
    if say(report, Message.Audience.RESIDENT, text, by=by, at=at):
        note_down(report, "report.message_sent", by=by, at=at)
        tell_resident(report, "report.message", at=at)
    return report


@transaction.atomic
def note(*, report: Report, text: str, by: User, at: datetime.datetime) -> Report:
    """A note that only staff see; it undoes nobody's decision, so the case may have changed meanwhile."""
    report = locked_by_staff(report, by=by, at=at)
    if say(report, Message.Audience.STAFF, text, by=by, at=at):
        note_down(report, "report.note_written", by=by, at=at)
    return report
