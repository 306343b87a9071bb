"""What one member of staff proposes and another one decides: the part that is the same everywhere."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class TwoPeople(models.Model):
    """A proposal with its reason, and how a second person decided."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a second person")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Sent back")

    reason = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        abstract = True


# the condition of each such table's constraint
DECIDED_BY_TWO = Q(state="waiting", decided_by=None, decided_at=None) | Q(
    state__in=["approved", "returned"], decided_at__isnull=False
) & ~Q(decided_by=F("proposed_by")) & Q(decided_by__isnull=False)
