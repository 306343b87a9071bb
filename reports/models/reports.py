"""Reports of residents."""

import datetime
from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse

from accounts.identifiers import public_id, speakable
from accounts.models import Resident, User
from links.categories import CATEGORIES, HIDDEN_OFFICE
from links.models import Institution, Link
from notices.kinds import KINDS
from reports.kinds import (
    ALLOWED,
    CLOSED,
    LEAKS,
    UNRECORDED,
    Cause,
    Document,
    Kind,
    Page,
    Reach,
    Severity,
    Since,
    State,
    Team,
)
from reports.models.report_sets import ReportQuerySet

REOPENED_WITHIN = datetime.timedelta(days=90)
# what a report without a record is about, by its kind
MATTERS: dict[str, dict[str, Any]] = {
    Kind.MISSING: dict(CATEGORIES),
    Kind.SAW_OTHER: dict(Page.choices),
    Kind.PRINTED: dict(Document.choices),
    Kind.NOT_ME: {kind: words.title for kind, words in KINDS.items()},
}


class Report(models.Model):
    """A resident says that something is wrong. Holds the record that it is about; support resolves it."""

    # whether the reader for whom it was found may see no place of its person
    places_hidden: bool = False

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=20, unique=True, default=partial(speakable, "R"), editable=False)
    link = models.ForeignKey(Link, null=True, on_delete=models.PROTECT, related_name="reports")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="reports")
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="reports",
        help_text="none where it was made by the code of a notice, without signing in",
    )
    kind = models.CharField(max_length=20, choices=Kind)
    matter = models.CharField(
        max_length=40, blank=True, help_text="without a record: its category, the page, document or notice"
    )
    office = models.CharField(
        max_length=200, blank=True, help_text="without a record: the office or place that the resident named"
    )
    institution = models.ForeignKey(
        Institution,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="without a record: whom it goes to, where that office is known",
    )
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
    team = models.CharField(max_length=20, blank=True, db_default="", choices=Team)
    cause = models.CharField(max_length=20, blank=True, choices=Cause)
    received_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    overdue_since = models.DateField(
        null=True, help_text="the day on which its present clock ran out, once that was noted"
    )
    supervisors_told_at = models.DateTimeField(null=True, help_text="when they were told that it is overdue")
    reminded_at = models.DateTimeField(
        null=True, help_text="when the resident was reminded of the present question"
    )
    urgency = models.GeneratedField(
        expression=F("severity") + Case(When(overdue_since__isnull=False, then=1), default=0),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
        help_text="the order of the queue: an overdue case counts as one step graver",
    )
    record_left_at = models.DateTimeField(
        null=True, help_text="when it was noted that the institution moved the record to another number"
    )
    unconfirmed_until = models.DateField(
        null=True, help_text="the last day of a hold that neither staff nor the signed-in resident confirmed"
    )
    emptied_at = models.DateTimeField(null=True, help_text="when its words and files were removed")
    version = models.PositiveIntegerField(
        default=1, help_text="counts changes: a form made on an older one is refused"
    )

    objects: ClassVar[ReportQuerySet] = ReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link", "resident"], condition=~Q(state__in=CLOSED), name="one_open_report_a_record"
            ),
            models.UniqueConstraint(
                fields=["resident", "kind", "matter", "office"],
                condition=Q(link=None) & ~Q(state__in=CLOSED),
                name="one_open_report_a_matter",
            ),
            models.CheckConstraint(
                condition=Q(link__isnull=False, matter="", office="", institution=None)
                & ~Q(kind__in=UNRECORDED)
                | Q(link=None, kind__in=(*UNRECORDED, Kind.SAW_OTHER)) & ~Q(matter=""),
                name="about_a_record_or_a_matter",
            ),
            models.CheckConstraint(
                condition=Q(filed_by=None) | Q(unconfirmed_until=None),
                name="signed_in_is_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=LEAKS) | Q(account=""), name="nothing_is_told_about_a_stranger"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) & ~Q(state__in=CLOSED)
                | Q(closed_at__isnull=False, state__in=CLOSED),
                name="closed_reports_have_an_end",
            ),
            models.CheckConstraint(
                condition=Q(emptied_at=None) | Q(closed_at__isnull=False, account="", telephone=""),
                name="emptied_reports_hold_no_words",
            ),
            models.CheckConstraint(
                condition=Q(reach_by=Reach.TELEPHONE) ^ Q(telephone=""), name="telephone_where_reached_by_it"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-urgency", "next_step_by", "id"],
                condition=~Q(state__in=CLOSED),
                name="queue_by_urgency",
            ),
            # clocks that run out today, whatever the case
            models.Index(
                fields=["next_step_by"],
                condition=~Q(state__in=CLOSED) & Q(overdue_since=None),
                name="clocks_of_the_desk",
            ),
            models.Index(
                fields=["unconfirmed_until"],
                condition=Q(unconfirmed_until__isnull=False),
                name="holds_that_may_lapse",
            ),
        ]

    def __str__(self) -> str:
        return f"Report {self.number}"

    def get_absolute_url(self) -> str:
        """The report's page for the resident."""
        return reverse("reports:report", args=[self.public_id])

    def shows_words_of(self, writer: int | None, reader: User) -> bool:
        """Whether what the writer wrote or handed in may be read: anything can hold a place."""
        return not self.places_hidden or writer == reader.pk

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
        return self.link is not None and self.link.resident_id != self.resident_id

    @property
    def title(self) -> str:
        """What it is about: the record, or what the resident named."""
        if self.link:
            return str(self.link.title)
        return str(MATTERS[self.kind].get(self.matter, self.get_kind_display()))

    @property
    def office_name(self) -> str:
        """Whose record it is, or the office or place that the resident named; empty where none is.

        It names none to a reader who may see no place.
        """
        if self.places_hidden:
            return str(HIDDEN_OFFICE)
        if self.link:
            return self.link.institution.name
        return self.institution.name if self.institution else self.office

    @property
    def office_code(self) -> str:
        """The code of the institution whose record it is, or that was named; for the trail."""
        institution = self.link.institution if self.link else self.institution
        return str(institution.code) if institution else ""

    @property
    def place_name(self) -> str:
        """The place that the resident named, unless its reader may see none."""
        return str(HIDDEN_OFFICE) if self.places_hidden else self.office

    @property
    def is_leak(self) -> bool:
        """Whether another person's data were seen: a candidate for an incident."""
        return self.kind in LEAKS

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether the resident may still take it back; never what another person saw, did or could do."""
        ours = self.is_leak or self.filed_by_id is None
        return State.WITHDRAWN in ALLOWED[self.state] and not ours

    @property
    def insurance_is_held(self) -> bool:
        """Whether a health insurance cannot be used because of it: the fallback certificate is offered."""
        link = self.link
        return bool(link and link.category == "health_insurance" and link.held and not self.record_left)

    def may_be_reopened(self, *, at: datetime.datetime) -> bool:
        """Whether the resident may still say that it is still wrong: for 90 days after a decision."""
        reopenable = State.REOPENED in ALLOWED[self.state]
        return reopenable and self.closed_at is not None and at <= self.closed_at + REOPENED_WITHIN


class Step(models.Model):
    """A report entered a state. Append-only; the resident reads it as the report's history."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Step {self.pk}"
