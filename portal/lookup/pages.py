"""What staff see of a person whom they looked up: enough to answer, nothing that is opened elsewhere."""

import datetime
from typing import Any

from accounts.models import Resident
from accounts.protection import clearing
from certificates.models import Application
from links.evidence import readable
from links.models import Link
from links.statuses import Status, status_of
from notices.kinds import KINDS
from notices.models import Notice
from reports.models import Report

MOST = 50


def page(resident: Resident, *, today: datetime.date) -> dict[str, Any]:
    """The person, their records by kind and office without details, cases, applications and notices.

    Where the person lives is shown for nobody who is protected. Six queries however much there is.
    """
    protected = clearing.needed(resident, on=today)
    notices = Notice.objects.filter(resident=resident).order_by("-created_at", "-id")[:10]
    return {
        "resident": resident,
        "person": readable(resident) | ({"address": ""} if protected else {}),
        "protected": protected,
        "age": resident.age_on(today),
        "records": records(resident),
        "reports": Report.objects.filter(resident=resident).with_record().newest_first()[:MOST],
        "applications": Application.objects.filter(resident=resident).order_by("-received_at")[:MOST],
        "notices": [(notice, KINDS[notice.kind].title) for notice in notices],
    }


def records(resident: Resident) -> list[tuple[Link, Status]]:
    """What hangs on the number, with what is said about each."""
    links = Link.objects.of(resident).select_related("institution").order_by("category", "pk")[:MOST]
    return [(link, status_of(link)) for link in links]
