"""Reports of residents."""

import datetime
from functools import partial
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.identifiers import public_id, speakable
from accounts.models import Resident, User
from links.models import Link
from reports.kinds import ALLOWED, CLOSED, Cause, Kind, Reach, Severity, Since, State


class ReportQuerySet(models.QuerySet["Report"]):
    """Sentences about reports."""

    def open(self) -> "ReportQuerySet":
        """Those that are not closed."""
        return self.exclude(state__in=CLOSED)

    def about(self, resident: Resident) -> "ReportQuerySet":
        """Those about one resident's records."""
        return self.filter(resident=resident)

    def visible_to(self, user: User, *, on: datetime.date) -> "ReportQuerySet":
        """Those about the user and about those for whom the user may act."""
        visible: models.QuerySet[Resident] = Resident.objects.visible_to(user, on=on)  # type: ignore[attr-defined]
        return self.filter(resident__in=visible)

    def with_record(self) -> "ReportQuerySet":
        """With record, institution and person at hand: a page about it asks no more for them."""
        return self.select_related("link__institution", "resident")

    def out_of_step(self) -> "ReportQuerySet":
        """Open ones whose record left the person's number, or came back to it, and nobody noted it yet."""
        here = Q(link__resident=F("resident"))
        return self.open().filter(~here & Q(record_left_at=None) | here & Q(record_left_at__isnull=False))

    def newest_first(self) -> "ReportQuerySet":
        """The last one that was sent first."""
        return self.order_by("-received_at", "-id")

    def worst_first(self) -> "ReportQuerySet":
        """The grave ones first, then the clock that runs out next."""
        return self.order_by("-severity", "next_step_by", "id")


class Report(models.Model):
    """A resident says that a record is wrong. Files a hold on it and is resolved by support."""

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=20, unique=True, default=partial(speakable, "R"), editable=False)
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="reports")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="reports")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=20, choices=Kind)
    known_since = models.CharField(max_length=20, blank=True, choices=Since)
    account = models.TextField(
        blank=True, max_length=2000, help_text="what happened, in the resident's words"
    )
    reach_by = models.CharField(max_length=20, choices=Reach, default=Reach.PORTAL)
    telephone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10, default="ja")
    simple = models.BooleanField(default=False)

    state = models.CharField(max_length=20, choices=State, default=State.RECEIVED)
    severity = models.PositiveSmallIntegerField(choices=Severity, default=Severity.ORDINARY)
    next_step_by = models.DateField(help_text="the latest day for the next step")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    cause = models.CharField(max_length=20, blank=True, choices=Cause)
    received_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    record_left_at = models.DateTimeField(
        null=True, help_text="when it was noted that the institution moved the record to another number"
    )
    version = models.PositiveIntegerField(
        default=1, help_text="counts changes: a form made on an older one is refused"
    )

    objects: ClassVar[ReportQuerySet] = ReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link", "resident"], condition=~Q(state__in=CLOSED), name="one_open_report_a_record"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, state__in=[s for s in State if s not in CLOSED])
                | Q(closed_at__isnull=False, state__in=CLOSED),
                name="closed_reports_have_an_end",
            ),
            models.CheckConstraint(
                condition=Q(reach_by=Reach.TELEPHONE) ^ Q(telephone=""), name="telephone_where_reached_by_it"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-severity", "next_step_by", "id"],
                condition=~Q(state__in=CLOSED),
                name="queue_of_the_desk",
            )
        ]

    def __str__(self) -> str:
        return f"Report {self.number}"

    def get_absolute_url(self) -> str:
        """The report's page for the resident."""
        return reverse("reports:report", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state not in CLOSED

    @property
    def is_claim(self) -> bool:
        """Whether it says that a stopped record is right."""
        return self.kind == Kind.MINE

    @property
    def needs_resident(self) -> bool:
        """Whether it waits for the resident's answer."""
        return self.state == State.AWAITING_RESIDENT

    @property
    def record_left(self) -> bool:
        """Whether the record hangs on another person's number now: what it holds is not for this case."""
        return self.link.resident_id != self.resident_id

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether the resident may still take it back."""
        return State.WITHDRAWN in ALLOWED[self.state]

    @property
    def insurance_is_held(self) -> bool:
        """Whether a health insurance cannot be used because of it: the fallback certificate is offered."""
        return self.severity == Severity.INSURANCE and self.link.held and not self.record_left


class Step(models.Model):
    """A report entered a state. Append-only; the resident reads it as the report's history."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Step {self.pk}"
