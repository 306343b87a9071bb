"""What an institution is asked about a case, through its own channel, and what it answers."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models import Resident, User
from links.models import ApiClient, Institution
from reports.models.reports import Report


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    """Sentences about what institutions are asked."""

    def open(self) -> "InquiryQuerySet":
        """Those that wait for an answer."""
        return self.filter(state=Inquiry.State.OPEN)

    def routed_to(self, institution: Institution) -> "InquiryQuerySet":
        """What this institution is asked, and nobody else."""
        return self.filter(institution=institution)

    def seen_by(self, officer: User) -> "InquiryQuerySet":
        """What is routed to the institution that the officer works for; nothing where they work for none."""
        return self.filter(institution__officers__user=officer)

    def to_remind(self, *, by: datetime.date) -> "InquiryQuerySet":
        """Those that wait for an answer until that day at the latest, and of which nobody was reminded."""
        return self.open().filter(answer_by__lte=by, reminded_at=None)

    def next_first(self) -> "InquiryQuerySet":
        """The clock that runs out next comes first."""
        return self.order_by("answer_by", "pk")


class Inquiry(models.Model):
    """One question or request to an institution. It names their own record, never the resident."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("A question")
        MOVE = "move", _("Move the record to its owner's number")
        ATTRIBUTE = "attribute", _("Correct a detail of the record")

    class State(models.TextChoices):
        OPEN = "open", _("Waits for the answer")
        DONE = "done", _("Answered: done")
        REFUSED = "refused", _("Answered: not done")
        TAKEN_BACK = "taken_back", _("Taken back")

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="inquiries")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="inquiries")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer_by = models.DateField()
    reminded_at = models.DateTimeField(null=True, help_text="when the institution was reminded of it")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True, max_length=2000)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    client = models.ForeignKey(
        ApiClient,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the machine that answered",
    )

    objects: ClassVar[InquiryQuerySet] = InquiryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(state="open"), name="one_open_inquiry_a_report"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "taken_back"], answered_at=None, answered_by=None, client=None)
                | Q(state__in=["done", "refused"], answered_at__isnull=False),
                name="answers_have_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | Q(client=None), name="answered_by_one_of_the_two"
            ),
        ]
        indexes = [
            models.Index(
                fields=["institution", "answer_by", "id"], condition=Q(state="open"), name="open_inquiries"
            )
        ]

    def __str__(self) -> str:
        return f"Inquiry {self.public_id}"

    def get_absolute_url(self) -> str:
        """Its page for the institution."""
        return reverse("inquiries:inquiry", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        """Whether it waits for the answer."""
        return self.state == self.State.OPEN

    @property
    def is_request(self) -> bool:
        """Whether something is to be done, not only said."""
        return self.kind != self.Kind.QUESTION
