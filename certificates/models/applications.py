"""Applications for the fallback certificate, and their drafts."""

import datetime
from functools import partial
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Q, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id, speakable
from accounts.models import Resident, User, permitted
from accounts.scopes import Area, Deed
from certificates.models.insurers import Insurer
from links.models import Link

PLEASE_CALL = _("Please call us. We tell you what is missing.")


class Draft(models.Model):
    """Answers to the questions of one application, kept until it is sent."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="certificate_drafts"
    )
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "resident"], name="one_certificate_draft_a_person")
        ]

    def __str__(self) -> str:
        return f"Draft {self.pk}"


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Sentences about applications."""

    def open(self) -> "ApplicationQuerySet":
        """Those that wait for the insurer's staff."""
        return self.filter(state=Application.State.RECEIVED)

    def sent_with(self, application: "Application") -> "ApplicationQuerySet":
        """Those of other members of the family, sent in the same moment."""
        return self.filter(together=application.together).exclude(Q(together="") | Q(pk=application.pk))

    def within(self, user: User) -> "ApplicationQuerySet":
        """Those that this member of staff deals with: an officer their insurer's own only, others all."""
        if user.may("certificates.everywhere"):
            return self
        insurer = Insurer.objects.employing(user)
        return self.filter(link__details__insurer_number__in=insurer.forms) if insurer else self.none()

    def visible_to(self, user: User, *, on: datetime.date) -> "ApplicationQuerySet":
        """One's own, and of those whose health insurance the user may see."""
        hidden = Exists(Resident.objects.hidden(user, on=on, by="resident"))  # type: ignore[attr-defined]
        seen = self.alias(area=Value(Area.HEALTH.value)).filter(permitted(user, Deed.SEE, on=on))
        return seen.annotate(places_hidden=hidden)  # type: ignore[no-redef]


class Application(models.Model):
    """A resident asks the insurer for a certificate."""

    # whether the reader for whom it was found may see no place of its person
    places_hidden: bool = False

    class Reason(models.TextChoices):
        NO_CARD = "no_card", _("No My Number card")
        NOT_REGISTERED = "not_registered", _("The card is not registered as insurance card")
        EXPIRED = "expired", _("The card's electronic certificate expired")
        RETURNED = "returned", _("The card was given back")
        LOST = "lost", _("The card is lost")
        RENEWING = "renewing", _("The card is being renewed")
        HELPER = "helper", _("Needs help at the counter")
        DAMAGED = "damaged", _("The certificate is damaged or lost")
        UNDER_CONFIRMATION = "under_confirmation", _("The insurance record is being checked")

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        ISSUED = "issued", _("Issued")
        RETURNED = "returned", _("Returned to the applicant")

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=20, unique=True, default=partial(speakable, "A"), editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="applications")
    link = models.ForeignKey(
        Link, on_delete=models.PROTECT, related_name="applications", help_text="the insurance"
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="applications",
        help_text="nobody: asked for without sign-in, and answered by post only",
    )
    reason = models.CharField(max_length=20, choices=Reason)
    stated = models.JSONField(default=dict, help_text="what no source says: the answers of the applicant")
    disputed = models.BooleanField(
        default=False, help_text="the insurance was withheld when this was received"
    )
    together = models.CharField(
        max_length=22,
        blank=True,
        db_default="",
        help_text="the mark of one sending: other members of the family who were applied for with it",
    )
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    received_at = models.DateTimeField()
    next_step_by = models.DateField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the first of the two members of staff who issue it",
    )
    proposed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="nobody: issued by the service itself, where every rule is met by what sources say",
    )
    answer = models.TextField(blank=True, max_length=2000, help_text="why it was returned")

    objects: ClassVar[ApplicationQuerySet] = ApplicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["together"], condition=~Q(together=""), name="applied_for_together"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resident"], condition=Q(state="received"), name="one_open_application"
            ),
            models.CheckConstraint(
                condition=Q(state="received", decided_at=None, decided_by=None)
                | Q(state="issued", decided_at__isnull=False)
                | Q(state="returned", decided_at__isnull=False, decided_by__isnull=False),
                name="application_returned_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by=None, proposed_at=None)
                | Q(proposed_by__isnull=False, proposed_at__isnull=False),
                name="application_proposed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued", decided_by__isnull=False)
                | Q(proposed_by=None)
                | ~Q(proposed_by=F("decided_by")),
                name="application_issued_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"Application {self.number}"

    def get_absolute_url(self) -> str:
        """Where the applicant follows it."""
        return reverse("certificates:application", args=[self.public_id])

    @property
    def waits(self) -> bool:
        """Whether nobody decided yet."""
        return self.state == self.State.RECEIVED

    @property
    def by_post_only(self) -> bool:
        """Whether it was made without sign-in: the paper goes to the registered address, nothing is shown."""
        return self.applicant_id is None

    @property
    def delivery(self) -> str:
        """How the applicant wants to get it; without sign-in by post only."""
        return "post" if self.by_post_only else str(self.stated.get("delivery", "download"))

    @property
    def in_large_print(self) -> bool:
        """Whether the paper is printed in large letters."""
        return bool(self.stated.get("paper") == "large")

    @property
    def came_back(self) -> bool:
        """Whether it was returned with a reason."""
        return self.state == self.State.RETURNED

    @property
    def readable_answer(self) -> "str | Promise":
        """Why it was returned, unless a place could stand in it that its reader may not see."""
        return PLEASE_CALL if self.places_hidden else self.answer
