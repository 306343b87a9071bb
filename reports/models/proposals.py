"""Corrections that are proposed, and decided by a second person."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Resident
from reports.kinds import Cause, Remedy
from reports.models.reports import Report


class Proposal(models.Model):
    """A correction that one person proposes and another decides."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for approval")
        ASKED = "asked", _("Approved: the institution was asked to do it")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Approved, but the institution did not do it")
        RETURNED = "returned", _("Returned")
        OVERTAKEN = "overtaken", _("Overtaken: the record moved")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="proposals")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    remedy = models.CharField(max_length=10, choices=Remedy)
    cause = models.CharField(max_length=20, choices=Cause)
    reason = models.TextField(max_length=2000, help_text="why, for the second person")
    explanation = models.TextField(blank=True, max_length=2000, help_text="why, for the resident")
    request = models.TextField(
        blank=True, db_default="", max_length=2000, help_text="what the institution is asked to do"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True, max_length=2000, help_text="why it was returned")
    row_digest = models.BinaryField(
        max_length=32, default=bytes, help_text="of the record's row that was judged"
    )
    before = models.JSONField(default=dict, help_text="the record before the correction")
    after = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(state="waiting"), name="one_waiting_proposal"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="nobody_approves_their_own",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None, decided_at=None)
                | Q(state="overtaken", decided_by=None, decided_at__isnull=False)
                | Q(
                    state__in=["asked", "approved", "declined", "returned"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="decisions_name_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Proposal {self.pk}"
