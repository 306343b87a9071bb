"""A report before it is sent."""

from django.conf import settings
from django.db import models

from accounts.models import Resident
from links.models import Link


class Draft(models.Model):
    """Answers to the questions of one journey, kept until it is sent: nothing typed is lost."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="report_drafts")
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="drafts")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "link"], name="one_draft_a_record")]

    def __str__(self) -> str:
        return f"Draft {self.pk}"
