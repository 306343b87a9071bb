"""What somebody may read of a report: all, or only their own words where others' could hold a place."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports import progress
from reports.attachments import Listed, of_report
from reports.models import Message, Proposal, Report

HIDDEN = _("What is written here is not shown to you. Please call us if you need it.")


def readable(report: Report, reader: User) -> dict[str, Any]:
    """Words and files of the report, as its page shows them."""
    filed = report.shows_words_of(report.filed_by_id, reader)
    return {
        "account": report.account if filed else HIDDEN,
        "telephone": report.telephone if filed else "",
        "files": files(report, reader),
        "talk": talk(report, reader),
        "decision": decision(report, reader),
    }


def files(report: Report, reader: User) -> list[Listed]:
    """The files of the report; none of somebody else's where a place could stand in them."""
    return of_report(report) if report.shows_words_of(report.filed_by_id, reader) else []


def talk(report: Report, reader: User) -> list[Message]:
    """What resident and support wrote to each other, the oldest first."""
    said = list(report.messages.exclude(audience=Message.Audience.STAFF).order_by("at", "id"))  # type: ignore[attr-defined]
    for message in said:
        if not report.shows_words_of(message.by_id, reader):
            message.text = str(HIDDEN)
    return said


def decision(report: Report, reader: User) -> Proposal | None:
    """What was decided, with its explanation."""
    found = progress.decision(report)
    if found and not report.shows_words_of(None, reader):
        found.explanation = str(HIDDEN)
    return found
