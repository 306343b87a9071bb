"""Papers that a machine printed with another person's data."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Resident
from reports.kinds import Paper
from reports.models.reports import Report


class Printout(models.Model):
    """One such paper: when it was printed, where it is, who has to get it back. Nothing that stands on it."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="printout")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    printed_on = models.DateField()
    hour = models.PositiveSmallIntegerField(null=True, help_text="0 to 23, where it is remembered")
    paper = models.CharField(max_length=10, choices=Paper)
    municipality = models.CharField(max_length=100, blank=True, help_text="who issued it, as far as is known")
    returned_at = models.DateTimeField(null=True, help_text="when it was back at who issued it")
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hour=None) | Q(hour__lte=23), name="an_hour_of_the_day"),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_by=None)
                | Q(returned_at__isnull=False, returned_by__isnull=False, paper=Paper.HERE),
                name="a_paper_comes_back_from_where_it_was",
            ),
        ]

    def __str__(self) -> str:
        return f"Printout {self.pk}"

    @property
    def is_out(self) -> bool:
        """Whether the resident still has it and has to be freed of it."""
        return self.paper == Paper.HERE and self.returned_at is None
