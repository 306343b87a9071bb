"""The outbox. Made so that PostgreSQL can partition Notice and Delivery by month of `created_at`."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Sentences about notices."""

    def about(self, residents: "models.QuerySet[models.Model]") -> "NoticeQuerySet":
        """What was told about these residents, newest first."""
        return self.filter(resident__in=residents).order_by("-created_at", "-id")

    def unread(self) -> "NoticeQuerySet":
        """Those that nobody opened yet."""
        return self.filter(read_at=None)

    def undelivered(self, *, before: datetime.datetime) -> "NoticeQuerySet":
        """Those that were written before that moment and whose deliveries were not all tried to an end."""
        return self.filter(settled_at=None, created_at__lt=before).order_by("id")


class Notice(models.Model):
    """One thing told to one resident (and whoever may act for them), written with the fact it tells."""

    resident = models.ForeignKey(
        "accounts.Resident", on_delete=models.PROTECT, db_constraint=False, related_name="notices"
    )
    kind = models.CharField(max_length=40, help_text="a code of notices.kinds.KINDS")
    subject_kind = models.CharField(max_length=30, help_text="link, report, certificate or application")
    subject_id = models.CharField(max_length=64, help_text="its public id")
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True, help_text="when every delivery had come to an end")
    read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["resident", "-created_at"], name="inbox_of_a_resident"),
            # the sweep reads only what is not settled: the index stays small however many notices there are
            models.Index(fields=["id"], condition=models.Q(settled_at=None), name="notices_to_deliver"),
        ]

    def __str__(self) -> str:
        return f"Notice {self.pk}"


class Delivery(models.Model):
    """One notice, one channel, one recipient: at most one row, and where it stands."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        SENDING = "sending", _("Being sent")
        ACCEPTED = "accepted", _("Accepted by the provider")
        FAILED = "failed", _("Failed, will be tried again")
        GIVEN_UP = "given_up", _("Given up")

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, db_constraint=False, related_name="deliveries")
    noticed_at = models.DateTimeField(help_text="created_at of the notice: the month of the partition")
    resident = models.ForeignKey(
        "accounts.Resident", on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True, help_text="why the last try failed")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel", "recipient", "noticed_at"], name="one_delivery_a_channel"
            ),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"


class Preference(models.Model):
    """In which language and version a sign-in wants to be spoken to."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preference")
    language = models.CharField(max_length=10, default="ja")
    simple = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"Preference {self.pk}"
