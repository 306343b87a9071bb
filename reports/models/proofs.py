"""Whether a resident knows the record that they say is theirs."""

from django.db import models
from django.db.models import Q

from accounts.models import Resident
from links.models import Link
from reports.kinds import MOST_TRIES
from reports.models.reports import Report


class Proof(models.Model):
    """How often the digits of a stopped record were tried, and whether they were known; never the digits."""

    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="+")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    row_digest = models.BinaryField(max_length=32, help_text="of the record's row that was asked about")
    tries = models.PositiveSmallIntegerField(default=0)
    proven_at = models.DateTimeField(null=True, blank=True)
    report = models.OneToOneField(Report, null=True, on_delete=models.PROTECT, related_name="proof")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "resident", "row_digest"], name="one_proof_a_row"),
            models.CheckConstraint(condition=Q(tries__lte=MOST_TRIES), name="three_tries"),
            models.CheckConstraint(condition=Q(proven_at=None) | Q(tries__gte=1), name="proven_by_a_try"),
        ]

    def __str__(self) -> str:
        return f"Proof {self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked."""
        return self.proven_at is not None or self.tries >= MOST_TRIES
