"""A record came to its owner from another number: how long it hung there, and how often it was opened."""

import datetime

from django.utils.timezone import localdate

from accounts.models import AuditEvent
from links.models import Change, Link
from notices.actions import tell


def note(link: Link, *, former: int, at: datetime.datetime) -> None:
    """Write it into the record's history as its owner reads it, and tell them; nothing about the other."""
    opened = AuditEvent.objects.filter(
        verb="record.details_opened", subject_kind="link", subject_id=link.public_id, resident=former
    )
    told = {"days": (localdate(at) - localdate(link.recorded_at)).days, "opened": opened.count()}
    Change.objects.create(
        link=link, resident_id=link.resident_id, kind=Change.Kind.ARRIVED, after=told, at=at
    )
    tell(
        resident_id=link.resident_id,
        kind="record.arrived",
        subject=("link", link.public_id),
        area=link.area,
        at=at,
    )
