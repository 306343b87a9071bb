"""What stands in the trail and among the notices of one person."""

from accounts.models import AuditEvent
from notices.models import Notice


def verbs(resident):
    """What the trail says was done about the person, oldest first."""
    return list(AuditEvent.objects.filter(resident=resident).order_by("id").values_list("verb", flat=True))


def told(resident):
    """What the person was told, oldest first."""
    return list(Notice.objects.filter(resident=resident).order_by("id").values_list("kind", flat=True))
