"""Certificates that are issued to many people at once, to whom they are posted."""

from functools import partial
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id, speakable
from accounts.models import Resident, User
from certificates.models.applications import Application
from certificates.models.certificates import Certificate
from certificates.models.insurers import Insurer
from links.models import Link

OPEN = ["listing", "listed", "issuing", "stopped"]


class BatchQuerySet(models.QuerySet["Batch"]):
    """Sentences about batches."""

    def within(self, user: User) -> "BatchQuerySet":
        """Those that this member of staff deals with: an officer their insurer's own only, others all."""
        if user.may("certificates.everywhere"):
            return self
        insurer = Insurer.objects.employing(user)
        return self.filter(insurer=insurer) if insurer else self.none()

    def at_work(self) -> "BatchQuerySet":
        """Those on which a worker works, or for which one is waited."""
        return self.filter(state__in=Batch.AT_WORK)

    def for_staff(self) -> "BatchQuerySet":
        """Those that wait for a person."""
        return self.filter(state__in=[Batch.State.LISTED, Batch.State.STOPPED])

    def with_file(self) -> "BatchQuerySet":
        """Those whose file for the letter shop is kept."""
        return self.exclude(file_key=None)


class Batch(models.Model):
    """One bulk issue: the people are listed, looked at, then each gets a certificate; one file is printed."""

    class Kind(models.TextChoices):
        MONTHLY = "monthly", _("Those who get it without applying")
        RENEWALS = "renewals", _("Renewals of those that end within 60 days")

    class State(models.TextChoices):
        LISTING = "listing", _("Looking for the people")
        LISTED = "listed", _("The list waits for your decision")
        ISSUING = "issuing", _("Issuing")
        STOPPED = "stopped", _("Stopped")
        PRINTING = "printing", _("Writing the file for the letter shop")
        DONE = "done", _("Done")
        THROWN_AWAY = "thrown_away", _("Thrown away, nothing was issued")

    AT_WORK = (State.LISTING, State.ISSUING, State.PRINTING)

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=20, unique=True, default=partial(speakable, "B"), editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    insurer = models.ForeignKey(
        Insurer,
        null=True,
        on_delete=models.PROTECT,
        related_name="batches",
        help_text="whose officer made it; none: everybody whose insurer leaves it to this service",
    )
    state = models.CharField(max_length=12, choices=State, default=State.LISTING)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    reached = models.BigIntegerField(default=0, help_text="the key of the last person looked at")
    looked_at = models.PositiveIntegerField(default=0, help_text="people")
    left_out = models.JSONField(default=dict, help_text="how many were not listed, by the code why")
    more_wait = models.BooleanField(default=False, help_text="the list was full before everybody was seen")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(null=True, help_text="when a person had it issued")
    worked_at = models.DateTimeField(help_text="a worker's last sign of life")
    finished_at = models.DateTimeField(null=True)
    stored_as = models.CharField(max_length=40, blank=True, help_text="name in the folder of letters")
    file_key = models.BinaryField(max_length=1000, null=True, help_text="sealed key of that file, while kept")
    manifest = models.JSONField(default=dict, help_text="what the letter shop counts and compares; no names")

    objects: ClassVar[BatchQuerySet] = BatchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(state__in=OPEN, insurer=None),
                name="one_open_batch_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["kind", "insurer"],
                condition=Q(state__in=OPEN, insurer__isnull=False),
                name="one_open_batch_of_an_insurer",
            ),
            models.CheckConstraint(
                condition=Q(started_at=None, started_by=None)
                | Q(started_at__isnull=False, started_by__isnull=False),
                name="batch_started_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Batch {self.number}"

    def get_absolute_url(self) -> str:
        """The page on which it is looked at and watched."""
        return reverse("certificates:batch", args=[self.public_id])

    @property
    def is_at_work(self) -> bool:
        """Whether a worker works on it, or is waited for."""
        return self.state in self.AT_WORK

    @property
    def has_file(self) -> bool:
        """Whether the file for the letter shop can be fetched."""
        return self.file_key is not None


class ItemQuerySet(models.QuerySet["Item"]):
    """Sentences about the people of a batch."""

    def waiting(self) -> "ItemQuerySet":
        """Those who have nothing yet."""
        return self.filter(state=Item.State.WAITING)

    def issued(self) -> "ItemQuerySet":
        """Those who got a certificate."""
        return self.filter(state=Item.State.ISSUED)

    def refused(self) -> "ItemQuerySet":
        """Those to whom none was issued or posted, and why."""
        return self.exclude(refusal="")


class Item(models.Model):
    """One person in a batch, and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits")
        ISSUED = "issued", _("Issued")
        REFUSED = "refused", _("Not issued")

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="items")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="+", help_text="the insurance")
    reason = models.CharField(max_length=20, choices=Application.Reason)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    certificate = models.OneToOneField(Certificate, null=True, on_delete=models.PROTECT, related_name="item")
    refusal = models.TextField(blank=True, help_text="why nothing was issued, or not posted; names nobody")

    objects: ClassVar[ItemQuerySet] = ItemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "resident"], name="once_in_a_batch"),
            models.CheckConstraint(
                condition=Q(state="issued", certificate__isnull=False)
                | (~Q(state="issued") & Q(certificate=None)),
                name="issued_with_a_certificate",
            ),
        ]

    def __str__(self) -> str:
        return f"Item {self.pk}"
