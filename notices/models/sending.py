"""What staff rule of sending: letters printed together, and the pace of notices to very many."""

from django.conf import settings
from django.db import models


class LetterBatch(models.Model):
    """Letters that were printed together: their numbers begin with the batch's code."""

    code = models.CharField(max_length=8, unique=True)
    letters = models.PositiveSmallIntegerField()
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Batch {self.code}"


class FanOut(models.Model):
    """How notices to very many people go out: at which pace, and whether they wait. One row."""

    a_second = models.PositiveIntegerField(default=50, help_text="what providers and workers can take")
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_fan_out"),
            models.CheckConstraint(
                condition=models.Q(paused_at=None, paused_by=None)
                | models.Q(paused_at__isnull=False, paused_by__isnull=False),
                name="a_pause_has_somebody",
            ),
        ]

    def __str__(self) -> str:
        return "Fan-out"
