"""Incidents: like cases of one office, day and cause, with every record and every person that they touch."""

import datetime
from functools import partial
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id, speakable
from accounts.models import Resident
from links.categories import CATEGORIES
from links.models import Institution, Link, ReviewRun
from reports.kinds import Cause
from reports.models.reports import Report


class IncidentQuerySet(models.QuerySet["Incident"]):
    """Sentences about incidents."""

    def open(self) -> "IncidentQuerySet":
        """Those that somebody still has to do something about."""
        return self.exclude(state__in=Incident.OVER)

    def at_work(self) -> "IncidentQuerySet":
        """Those on which a worker works, or for which one is waited."""
        return self.filter(state__in=Incident.AT_WORK)

    def real(self) -> "IncidentQuerySet":
        """Those of which nobody decided that they were none."""
        return self.exclude(state=Incident.State.DISMISSED)

    def oldest_first(self) -> "IncidentQuerySet":
        """The one whose clocks run out next comes first."""
        return self.order_by("discovered_at", "pk")

    def published(self) -> "IncidentQuerySet":
        """Those about which the public was told."""
        return self.filter(statements__state="approved").distinct()


class Incident(models.Model):
    """Many links that went wrong at one office on one day, for one cause."""

    class State(models.TextChoices):
        LISTING = "listing", _("Looking for everybody affected")
        OPEN = "open", _("Being dealt with")
        CLOSING = "closing", _("Closing its cases")
        CLOSED = "closed", _("Finished")
        DISMISSED = "dismissed", _("It was no incident")

    class Scope(models.TextChoices):
        DOUBTED = "doubted", _("Records that the check doubts, or that were reported")
        ALL = "all", _("Every record that the office linked on that day")
        CASES = "cases", _("Only the cases that staff add")

    AT_WORK = (State.LISTING, State.CLOSING)
    OVER = (State.CLOSED, State.DISMISSED)

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=20, unique=True, default=partial(speakable, "J"), editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="incidents")
    office = models.CharField(
        max_length=1000, blank=True, help_text="the office or terminal that entered the records, as sent"
    )
    day = models.DateField(null=True, help_text="on which the records were linked")
    category = models.CharField(max_length=32, blank=True, choices=list(CATEGORIES.items()))
    cause = models.CharField(max_length=20, choices=Cause)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.DOUBTED)
    state = models.CharField(max_length=10, choices=State, default=State.LISTING)
    discovered_at = models.DateTimeField(help_text="from here on its clocks run")
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="none where the check found it",
    )
    run = models.ForeignKey(ReviewRun, null=True, on_delete=models.PROTECT, related_name="+")
    reached = models.BigIntegerField(default=0, help_text="the key of the last record looked at")
    worked_at = models.DateTimeField(help_text="a worker's last sign of life")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    supervisors_told_at = models.DateTimeField(null=True, help_text="when they were told of a clock")

    objects: ClassVar[IncidentQuerySet] = IncidentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "office", "day", "cause"],
                condition=~Q(state__in=["closed", "dismissed"]),
                name="one_open_incident_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) ^ Q(state__in=["closed", "dismissed"]),
                name="incidents_that_are_over_have_an_end",
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=False) | Q(scope="cases"), name="listed_by_day_or_by_cases"
            ),
        ]

    def __str__(self) -> str:
        return f"Incident {self.number}"

    def get_absolute_url(self) -> str:
        """Its page for staff."""
        return reverse("incidents:incident", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state not in self.OVER

    @property
    def is_at_work(self) -> bool:
        """Whether a worker works on it, or is waited for."""
        return self.state in self.AT_WORK

    @property
    def discovered_on(self) -> datetime.date:
        """The day in Japan from which its clocks run."""
        return localdate(self.discovered_at)


class AffectedRecord(models.Model):
    """One record of an incident, or one case that is about none."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="records")
    link = models.ForeignKey(Link, null=True, on_delete=models.PROTECT, related_name="incident_records")
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="incident_records")
    resident = models.ForeignKey(
        Resident, on_delete=models.PROTECT, related_name="+", help_text="on whose number it hung"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "link"], name="a_record_once_in_an_incident"),
            models.UniqueConstraint(fields=["incident", "report"], name="a_case_once_in_an_incident"),
            models.CheckConstraint(
                condition=Q(link__isnull=False) | Q(report__isnull=False), name="affected_is_something"
            ),
        ]

    def __str__(self) -> str:
        return f"Affected record {self.pk}"


class AffectedPersonQuerySet(models.QuerySet["AffectedPerson"]):
    """Sentences about the people of an incident."""

    def untold(self) -> "AffectedPersonQuerySet":
        """The living who were not told yet."""
        return self.filter(told_at=None, resident__died_on=None)

    def counted(self) -> int:
        """How many people there are in all incidents, each once."""
        real = self.exclude(incident__state=Incident.State.DISMISSED)
        return real.values("resident").distinct().count()


class AffectedPerson(models.Model):
    """One person of an incident, once, whether they reported something or not."""

    class Role(models.TextChoices):
        NUMBER = "number", _("A record hung on their number")
        OWNER = "owner", _("Their record hung on another number")
        BOTH = "both", _("Both")

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="people")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="incident_people")
    role = models.CharField(max_length=10, choices=Role)
    area = models.CharField(max_length=10, blank=True, help_text="area of life of their record, for helpers")
    told_at = models.DateTimeField(null=True, help_text="when the one notice was written")

    objects: ClassVar[AffectedPersonQuerySet] = AffectedPersonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "resident"], name="a_person_once_in_an_incident")
        ]
        indexes = [models.Index(fields=["incident", "id"], condition=Q(told_at=None), name="people_to_tell")]

    def __str__(self) -> str:
        return f"Affected person {self.pk}"
