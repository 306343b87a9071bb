"""Follows records that an institution moves to another number while somebody's report about them is open."""

import datetime

from django.db import transaction

from links import arrivals
from reports.carrying_out import finish_asked
from reports.kinds import Remedy, State
from reports.models import Proposal, Report
from reports.moving import locked, move, note_down, tell_resident

WAITING = (State.WITH_INSTITUTION, State.AWAITING_RESIDENT, State.PROPOSED)


@transaction.atomic
def follow(report: Report, *, at: datetime.datetime) -> bool:
    """Note that the record left the person's number, or came back: what was judged is judged anew.

    A move that was asked for is done by it. A proposal that waits is overtaken, and the case is being
    checked again. Its new owner is told. False where it was noted before.
    """
    report = locked(report)
    if report.record_left == (report.record_left_at is not None):
        return False
    report.record_left_at = at if report.record_left else None
    if report.record_left and report.link:
        arrivals.note(report.link, former=report.resident_id, at=at)
    asked = report.proposals.filter(state=Proposal.State.ASKED, remedy=Remedy.MOVE).first()
    if asked and report.record_left:
        finish_asked(report, asked, at=at)
    elif report.is_open:
        judge_anew(report, at=at)
    else:
        report.save(update_fields=["record_left_at"])
    return True


def judge_anew(report: Report, *, at: datetime.datetime) -> None:
    """What waits for somebody is overtaken; the resident is told."""
    waiting = report.proposals.filter(state=Proposal.State.WAITING)
    waiting.update(state=Proposal.State.OVERTAKEN, decided_at=at)
    if report.state in WAITING:
        move(report, State.TRIAGED, by=None, at=at)
    else:
        report.version += 1
        report.save()
    note_down(report, "report.record_moved", by=None, at=at)
    tell_resident(report, "report.moved", at=at)
