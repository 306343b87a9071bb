"""Somebody says that a document lets them act for a person; members of staff propose and decide about it."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id, speakable
from accounts.models.authority import Authority
from accounts.models.proposals import DECIDED_BY_TWO, TwoPeople
from links.review.rules import Person

STANDS_FOR = datetime.timedelta(days=60)
MOST_PAPERS = 3


def mandate_number() -> str:
    """A number that can be said at a counter."""
    return speakable("B")


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Sentences about mandates."""

    def open(self) -> "MandateQuerySet":
        """Those about which nobody decided, the oldest first."""
        return self.filter(state=Mandate.State.ASKED).order_by("asked_at", "pk")

    def outlived(self, *, at: datetime.datetime) -> "MandateQuerySet":
        """Those that nobody followed up."""
        return self.open().filter(asked_at__lt=at - STANDS_FOR).exclude(proposals__state="waiting")


class Mandate(models.Model):
    """A parent or a guardian asks to act for somebody whom they describe; who that is, staff find out."""

    class Kind(models.TextChoices):
        PARENT = Authority.Kind.PARENT.value, _("Parent")
        GUARDIAN = Authority.Kind.GUARDIAN.value, _("Guardian")

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for our staff")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        OVER = "over", _("Not followed up")

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=12, unique=True, default=mandate_number, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mandates")
    kind = models.CharField(max_length=10, choices=Kind)
    stated = models.JSONField(default=dict, help_text="the five elements as stated; emptied at the end")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[MandateQuerySet] = MandateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="asked", ended_at=None)
                | ~Q(state="asked") & Q(ended_at__isnull=False, stated={}),
                name="an_ended_mandate_keeps_nothing_stated",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["parent", "guardian"]), name="mandates_need_a_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"Mandate {self.public_id}"

    @property
    def person(self) -> Person:
        """Whom it is about, as stated."""
        return Person(**self.stated)


class MandatePaper(models.Model):
    """A photo or paper that was handed in with a mandate; gone when it is decided."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="papers")
    file = models.OneToOneField("accounts.StoredFile", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mandate", "place"], name="one_paper_a_place"),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_PAPERS), name="three_papers_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"MandatePaper {self.pk}"


class MandateProposal(TwoPeople):
    """What one member of staff proposes about a mandate; another one decides."""

    class Remedy(models.TextChoices):
        GRANT = "grant", _("Let them act for this person")
        DESPITE = "despite", _("Let them act, although the person is under protection")
        REFUSE = "refuse", _("Do not let them")

    class Document(models.TextChoices):
        FAMILY = "family", _("Family register")
        GUARDIAN = "guardian", _("Certificate of registered guardianship")
        COURT = "court", _("Decision of a court")
        OTHER = "other", _("Another official document")

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="proposals")
    remedy = models.CharField(max_length=10, choices=Remedy)
    resident = models.ForeignKey(
        "accounts.Resident", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.CharField(max_length=12, choices=Document, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="as the document says")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mandate"], condition=Q(state="waiting"), name="one_waiting_proposal_a_mandate"
            ),
            models.CheckConstraint(condition=DECIDED_BY_TWO, name="two_people_decide_about_a_mandate"),
            models.CheckConstraint(
                condition=Q(remedy="refuse") | Q(resident__isnull=False) & ~Q(document=""),
                name="whoever_acts_showed_a_document",
            ),
        ]

    def __str__(self) -> str:
        return f"MandateProposal {self.pk}"
