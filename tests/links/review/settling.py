"""Settlements as the engine and the actions ask for them, and what they wrote down."""

from django.utils import timezone

from accounts.models import AuditEvent
from links.models import Change, Hold, Link
from links.review import settle
from notices.models import Notice


def written(link: Link) -> dict[str, int]:
    """How much was written down about the record."""
    return {
        "changes": Change.objects.filter(link=link).count(),
        "events": AuditEvent.objects.on("link", link.public_id).count(),
        "notices": Notice.objects.filter(subject_id=link.public_id).count(),
    }


def withhold(*links: Link, source=Hold.Source.REVIEW, by=None, **fields) -> list[Link]:
    return settle.withhold([link.pk for link in links], source=source, by=by, at=timezone.now(), **fields)


def lift(*links: Link, source=Hold.Source.REVIEW, by=None, **fields) -> list[Link]:
    return settle.lift([link.pk for link in links], source=source, by=by, at=timezone.now(), **fields)
