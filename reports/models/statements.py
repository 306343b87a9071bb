"""What the public and the privacy commission are told of an incident."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models.proposals import DECIDED_BY_TWO, TwoPeople
from reports.models.incidents import Incident


class StatementQuerySet(models.QuerySet["Statement"]):
    """Sentences about statements."""

    def published(self) -> "StatementQuerySet":
        """Those that everybody can read, the latest first."""
        return self.filter(state=TwoPeople.State.APPROVED).order_by("-decided_at", "-pk")


class Statement(TwoPeople):
    """The words of an incident's public page: written by one person, published by another."""

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="statements")
    texts = models.JSONField(
        help_text="by language code: {happened, doing, changed}; `changed` may be empty at first"
    )
    done_by = models.DateField(help_text="by when what is being done is done")

    objects: ClassVar[StatementQuerySet] = StatementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=DECIDED_BY_TWO, name="two_people_decide_about_a_statement"),
            models.UniqueConstraint(
                fields=["incident"], condition=Q(state="waiting"), name="one_waiting_statement"
            ),
        ]

    def __str__(self) -> str:
        return f"Statement {self.pk}"


class LeakReport(models.Model):
    """The draft of what the privacy commission is told, and when it was sent there."""

    class Stage(models.TextChoices):
        PRELIMINARY = "preliminary", _("Preliminary report")
        FINAL = "final", _("Final report")

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="leak_reports")
    stage = models.CharField(max_length=12, choices=Stage)
    answers = models.JSONField(default=dict, help_text="by the codes of reports/incidents/leaks.py")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    receipt = models.CharField(max_length=60, blank=True, help_text="number that the commission gave")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "stage"], name="one_leak_report_a_stage"),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None) | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="sent_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Leak report {self.pk}"
