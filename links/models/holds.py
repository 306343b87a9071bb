"""What withholds a record: each reason by itself."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Resident
from links.models.links import Link


class HoldQuerySet(models.QuerySet["Hold"]):
    """Sentences about holds."""

    def active(self) -> "HoldQuerySet":
        """Those that were not lifted."""
        return self.filter(lifted_at=None)

    def by_report(self, *, of: Resident) -> "HoldQuerySet":
        """Those that a report about this resident placed: a record may have hung on another number then."""
        return self.filter(source=Hold.Source.REPORT, resident=of)


class Hold(models.Model):
    """A reason why a link is withheld. A link is free when its last hold is lifted."""

    class Source(models.TextChoices):
        REVIEW = "review", _("The nightly check")
        REPORT = "report", _("A report")
        INCIDENT = "incident", _("An incident")

    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="holds")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="holds")
    source = models.CharField(max_length=10, choices=Source)
    reference = models.CharField(
        max_length=64, blank=True, help_text="public id of the report or incident; empty for the review"
    )
    run = models.ForeignKey(
        "links.ReviewRun",
        null=True,
        on_delete=models.PROTECT,
        related_name="holds",
        db_index=False,
        help_text="the check whose finding withheld it, then or after a person looked",
    )
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[HoldQuerySet] = HoldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link", "source", "reference"], condition=Q(lifted_at=None), name="one_hold_a_source"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | Q(lifted_at__gte=F("placed_at")),
                name="hold_is_lifted_after_it_is_placed",
            ),
        ]
        # what became of the alarms of a run
        indexes = [models.Index(fields=["run"], condition=Q(run__isnull=False), name="holds_of_a_run")]

    def __str__(self) -> str:
        return f"Hold {self.pk}"
