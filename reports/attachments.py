"""Files as pages list them: what they are called and where they are opened."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from links.models import Link
from reports.models import Attachment, Report


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of a list; `kind` in words, `size` in bytes."""

    public_id: str
    name: str
    kind: str
    size: int
    url: str


def of_draft(user: User, link: Link) -> list[Listed]:
    """The files of the user's draft about the record; one query."""
    kept = Attachment.objects.kept_by(user, link).in_order()
    return listed(kept, "reports:draft_file", link.public_id)


def of_report(report: Report) -> list[Listed]:
    """The files of a report, for the resident; one query."""
    return listed(report.attachments.in_order(), "reports:file", report.public_id)  # type: ignore[attr-defined]


def of_case(report: Report) -> list[Listed]:
    """The files of a report, for the desk; one query."""
    return listed(report.attachments.in_order(), "desk:file", report.public_id)  # type: ignore[attr-defined]


def listed(attachments: Iterable[Attachment], page: str, owner: str) -> list[Listed]:
    """Each with the address at which this reader opens it; one without a name is called by its kind."""
    return [
        Listed(
            public_id=each.file.public_id,
            name=each.file.name or each.file.get_content_type_display(),
            kind=each.file.get_content_type_display(),
            size=each.file.size,
            url=reverse(page, args=[owner, each.file.public_id]),
        )
        for each in attachments
    ]
