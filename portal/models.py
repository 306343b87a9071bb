"""Public figures, computed daily, which pages read; and copies that people asked for of their data."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.identifiers import public_id
from accounts.models import Resident, StoredFile, User
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


class ExportQuerySet(models.QuerySet["Export"]):
    """Sentences about copies."""

    def open(self) -> "ExportQuerySet":
        """Those that are being made, or lie ready."""
        return self.filter(ended_at=None)

    def of(self, user: User) -> "ExportQuerySet":
        """Those that this sign-in asked for, about the person that it shows now, the latest first."""
        own = Resident.objects.bound_to(user)  # type: ignore[attr-defined]
        return self.filter(user=user, resident__in=own).order_by("-asked_at", "-pk")

    def due(self, *, at: datetime.datetime) -> "ExportQuerySet":
        """Those that a worker may take: nobody did yet, or whoever did was lost."""
        return self.open().filter(state=Export.State.ASKED, due_at__lte=at)

    def outlived(self, *, at: datetime.datetime) -> "ExportQuerySet":
        """Those that lay ready for their seven days."""
        return self.open().filter(state=Export.State.READY, ready_at__lte=at - Export.LIES_FOR)


class Export(models.Model):
    """A copy of everything about one person, asked for by that person; ready, it lies here for seven days."""

    class State(models.TextChoices):
        ASKED = "asked"
        READY = "ready"
        FAILED = "failed"
        OVER = "over"

    LIES_FOR = datetime.timedelta(days=7)

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exports")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="exports")
    language = models.CharField(max_length=10, help_text="of its page")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(help_text="from when a worker may take it (again)")
    ready_at = models.DateTimeField(null=True)
    file = models.OneToOneField(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[ExportQuerySet] = ExportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident"], condition=Q(ended_at=None), name="one_open_export_a_person"
            ),
            models.CheckConstraint(
                condition=Q(state="ready", file__isnull=False, ready_at__isnull=False)
                | (~Q(state="ready") & Q(file=None)),
                name="only_a_ready_export_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "ready"], ended_at=None)
                | Q(state__in=["failed", "over"], ended_at__isnull=False, ended_at__gte=F("asked_at")),
                name="exports_end_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Export {self.public_id}"

    @property
    def lies_until(self) -> datetime.datetime | None:
        """When it goes by itself."""
        return self.ready_at + self.LIES_FOR if self.ready_at else None

    @property
    def is_ready(self) -> bool:
        """Whether it can be fetched."""
        return self.state == self.State.READY

    @property
    def is_failed(self) -> bool:
        """Whether it could not be made."""
        return self.state == self.State.FAILED
