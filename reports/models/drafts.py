"""A report before it is sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Resident
from links.models import Link
from reports.kinds import Kind


class Draft(models.Model):
    """Answers to the questions of one journey, kept until it is sent: nothing typed is lost."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="report_drafts")
    link = models.ForeignKey(Link, null=True, on_delete=models.PROTECT, related_name="drafts")
    kind = models.CharField(max_length=20, blank=True, choices=Kind, help_text="where there is no record")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "link"], name="one_draft_a_record"),
            models.UniqueConstraint(
                fields=["user", "resident", "kind"], condition=Q(link=None), name="one_draft_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(link__isnull=False, kind="") | Q(link=None) & ~Q(kind=""),
                name="drafted_about_a_record_or_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"Draft {self.pk}"
