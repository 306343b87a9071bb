"""Somebody opens a report, and the resident can see that."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from accounts import audit
from accounts.files.store import content_of
from accounts.models import Resident, User
from links import actions as links
from links.models import ApiClient
from reports.models import Attachment, Inquiry, Report
from reports.moving import note_down


def open_report(*, report: Report, by: User, at: datetime.datetime) -> None:
    """Write into the trail that somebody looked at the report: the resident, who acts for them, or staff."""
    note_down(report, "report.viewed", by=by, at=at)


def open_list(*, reports: Iterable[Report], by: User, at: datetime.datetime) -> None:
    """Write into the trail about whom else an agent saw reports."""
    audit.look("reports.viewed", residents=[report.resident_id for report in reports], by=by, at=at)


@transaction.atomic
def open_case(*, report: Report, by: User, at: datetime.datetime) -> None:
    """Write into the trail that staff looked at report and record, with the report's number as purpose."""
    note_down(report, "report.viewed", by=by, at=at)
    if report.link:
        links.view(link=report.link, by=by, at=at, purpose=report.number)


@transaction.atomic
def compare_owner(*, report: Report, owner: Resident, purpose: str, by: User, at: datetime.datetime) -> None:
    """Write into both people's trail that staff compared somebody else with the record."""
    note_down(report, "report.owner_compared", by=by, at=at)
    audit.record("person.compared", by=by, at=at, resident=owner, purpose=purpose)


def open_inquiry(*, inquiry: Inquiry, by: User, at: datetime.datetime) -> None:
    """Write into the trail that an officer read what their institution is asked."""
    note_down(inquiry.report, "inquiry.opened", by=by, at=at)


def open_inquiries(*, inquiries: Iterable[Inquiry], client: ApiClient, at: datetime.datetime) -> None:
    """The same for a machine that read these."""
    audit.record_many(
        audit.event(
            "inquiry.opened",
            by=None,
            at=at,
            resident=inquiry.resident_id,
            subject=("report", inquiry.report.public_id),
            purpose=inquiry.report.number,
            institution=client.institution.code,
        )
        for inquiry in inquiries
    )


@transaction.atomic
def open_file(*, attachment: Attachment, report: Report, by: User, at: datetime.datetime) -> bytes:
    """What is in a report's file; the record's page says that it was opened, and for which report."""
    link = report.link
    audit.record(
        "report.file_opened",
        by=by,
        at=at,
        resident=report.resident_id,
        subject=("link", link.public_id) if link else ("report", report.public_id),
        purpose=report.number,
        institution=report.office_code,
    )
    return content_of(attachment.file)


@transaction.atomic
def open_draft_file(*, attachment: Attachment, by: User, at: datetime.datetime) -> bytes:
    """What is in a file of the user's own draft; an agent's look at it stands in the trail."""
    audit.look("report.file_opened", residents=[attachment.resident_id], by=by, at=at)
    return content_of(attachment.file)
