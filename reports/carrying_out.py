"""What becomes of a record by an approved correction."""

import datetime
from typing import Any

from links import actions as links
from links.models import Link
from reports.kinds import Remedy, State
from reports.models import Inquiry, Proposal, Report
from reports.moving import move, tell_resident


def settle(link: Link, proposal: Proposal, *, by: Any, at: datetime.datetime) -> None:
    """Carry the remedy out; a record that left the number already is only freed of the report's hold."""
    if link.resident_id != proposal.resident_id or proposal.remedy == Remedy.ATTRIBUTE:
        links.lift_report_hold(link=link, report=proposal.report.public_id, by=by, at=at)
    elif proposal.remedy in (Remedy.UNLINK, Remedy.MOVE):
        links.unlink(link=link, by=by, at=at)
    else:
        links.release(link=link, by=by, at=at)


def finish_asked(report: Report, proposal: Proposal, *, at: datetime.datetime) -> None:
    """The institution did what was approved: settle it in the name of who approved, close the case."""
    link = Link.objects.select_for_update(of=("self",)).get(reports=report)
    settle(link, proposal, by=proposal.decided_by, at=at)
    link.refresh_from_db()
    proposal.after, proposal.state = snapshot(link), Proposal.State.APPROVED
    proposal.save(update_fields=["after", "state"])
    still_open = Inquiry.objects.open().filter(report=report)
    still_open.update(state=Inquiry.State.DONE, answered_at=at)
    move(report, State.CORRECTED, by=proposal.decided_by, at=at)
    tell_resident(report, "report.closed", at=at)


def snapshot(link: Link) -> dict[str, Any]:
    """What a correction can change about a record; codes only, nothing of its holder."""
    return {
        "status": link.status,
        "verdict": link.verdict,
        "held": link.held,
        "settled_as": link.settled_as,
        "row": bytes(link.row_digest).hex(),
    }
