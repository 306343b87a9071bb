"""Public figures, computed daily; pages read these rows."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from links.models import Institution


class Basis(models.Model):
    """On what a published number rests: the exact count when it last changed. Shown to nobody."""

    code = models.CharField(max_length=80, unique=True)
    cases = models.BigIntegerField()
    value = models.BigIntegerField(null=True, help_text="what was published then")

    def __str__(self) -> str:
        return f"Basis of {self.code}"


class FigureQuerySet(models.QuerySet["Figure"]):
    """Sentences about figures."""

    def latest_day(self) -> datetime.date | None:
        """The last day for which there are any."""
        return self.order_by("-day").values_list("day", flat=True).first()

    def since(self, day: datetime.date) -> "FigureQuerySet":
        """Those of that day and later."""
        return self.filter(day__gte=day)

    def by_day(self) -> "dict[datetime.date, dict[str, int | None]]":
        """The values of each day by their codes, the latest day first."""
        days: dict[datetime.date, dict[str, int | None]] = {}
        for day, code, value in self.order_by("-day").values_list("day", "code", "value"):
            days.setdefault(day, {})[code] = value
        return days


class Figure(models.Model):
    """One public figure of one day, already rounded."""

    day = models.DateField()
    code = models.CharField(max_length=40)
    value = models.BigIntegerField(null=True, help_text="empty where it is too small to publish")

    objects: ClassVar[FigureQuerySet] = FigureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "code"], name="one_figure_a_day")]

    def __str__(self) -> str:
        return f"Figure {self.code} of {self.day}"


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    """Sentences about scorecards."""

    def latest_day(self) -> datetime.date | None:
        """The last day for which there are any."""
        return self.order_by("-day").values_list("day", flat=True).first()


class Scorecard(models.Model):
    """How one institution did by one day. Public: counts are rounded, and empty where they are too small."""

    day = models.DateField()
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="scorecards")
    records = models.BigIntegerField(null=True)
    from_applicant_percent = models.PositiveSmallIntegerField(null=True)
    looked_up_by_three_percent = models.PositiveSmallIntegerField(null=True)
    found_wrong = models.BigIntegerField(null=True)
    put_right = models.BigIntegerField(null=True)
    median_days = models.PositiveIntegerField(null=True, help_text="from a report to its correction")
    rejected_percent = models.PositiveSmallIntegerField(null=True, help_text="of the rows of the last feeds")
    broken_rules = models.JSONField(default=dict, help_text="by code of links.registration: records")
    fed_on = models.DateField(null=True, help_text="the last feed; empty: never connected")
    late_since = models.DateField(null=True, help_text="the longest missing feed")

    objects: ClassVar[ScorecardQuerySet] = ScorecardQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "institution"], name="one_scorecard_a_day"),
            models.CheckConstraint(
                condition=Q(late_since=None) | Q(fed_on__isnull=False), name="late_after_a_feed"
            ),
        ]

    def __str__(self) -> str:
        return f"Scorecard of {self.day}"
