"""The outbox. PostgreSQL keeps notices and their deliveries by the month in which the notice was written."""

import datetime
import secrets
from collections.abc import Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

CODE_LASTS = datetime.timedelta(days=30)
# the one channel whose messages no worker sends: staff print them
LETTER = "letter"


def public_id() -> str:
    """128 random bits that may stand in an address; this room imports none above it."""
    return secrets.token_urlsafe(16)


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Sentences about notices."""

    def within(self, condition: models.Q) -> "NoticeQuerySet":
        """What was told within somebody's reach, a condition on `resident` and `area`, newest first."""
        return self.filter(condition).order_by("-created_at", "-id")

    def just(self, notice: "Notice") -> "NoticeQuerySet":
        """This one, from the one partition that can hold it."""
        return self.filter(pk=notice.pk, created_at=notice.created_at)

    def these(self, notices: "Sequence[Notice]") -> "NoticeQuerySet":
        """Those, from the few partitions that can hold them."""
        times = [notice.created_at for notice in notices]
        ids = [notice.pk for notice in notices]
        return self.filter(pk__in=ids, created_at__range=(min(times), max(times))) if ids else self.none()

    def opened_by(self, digest: bytes, *, at: datetime.datetime) -> "NoticeQuerySet":
        """The one whose code has this digest: not used yet, and not older than 30 days."""
        return self.filter(code_digest=digest, code_used_at=None, created_at__gt=at - CODE_LASTS)

    def unread(self) -> "NoticeQuerySet":
        """Those that nobody opened yet."""
        return self.filter(read_at=None)

    def unsettled(self) -> "NoticeQuerySet":
        """Those whose deliveries were not all tried to an end."""
        return self.filter(settled_at=None)

    def due(self, *, at: datetime.datetime, bulk: bool = False) -> "NoticeQuerySet":
        """Those that have to be queued (again) in one of the two lanes, the longest overdue first."""
        return self.unsettled().filter(bulk=bulk, due_at__lte=at).order_by("due_at")

    def under_way(self, *, at: datetime.datetime) -> "NoticeQuerySet":
        """Those of a fan-out that were queued and did not come back yet, or wait for another try."""
        return self.unsettled().filter(bulk=True, due_at__gt=at)


class Notice(models.Model):
    """One thing told to one resident (and whoever may act for them), written with the fact it tells."""

    # not unique by constraint: a partitioned table could not hold it, and 128 bits do not meet
    public_id = models.CharField(max_length=22, db_index=True, default=public_id, editable=False)
    resident = models.ForeignKey(
        "accounts.Resident", on_delete=models.PROTECT, db_constraint=False, related_name="notices"
    )
    kind = models.CharField(max_length=40, help_text="a code of notices.kinds.KINDS")
    subject_kind = models.CharField(max_length=30, help_text="what it tells of")
    subject_id = models.CharField(max_length=64, help_text="its public id")
    # in the database too: processes of the release before know nothing of it
    area = models.CharField(
        max_length=10,
        blank=True,
        default="",
        db_default="",
        help_text="area of life, for helpers who see some",
    )
    bulk = models.BooleanField(
        default=False, db_default=False, help_text="one of very many: queued at a pace, behind single ones"
    )
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="when every delivery had come to an end"
    )
    due_at = models.DateTimeField(
        default=timezone.now, help_text="from when the sweep queues it again, unless settled"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    code_digest = models.BinaryField(
        max_length=32, null=True, help_text="keyed digest of a warning's code; none for other kinds"
    )
    code_used_at = models.DateTimeField(null=True, blank=True, help_text="when “this was not me” was said")

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code_used_at=None) | models.Q(code_digest__isnull=False),
                name="only_a_code_is_used",
            )
        ]
        indexes = [
            models.Index(fields=["resident", "-created_at"], name="inbox_of_a_resident"),
            # the sweep reads only what is not settled: the index stays small however many notices there are
            models.Index(
                fields=["bulk", "due_at"], condition=models.Q(settled_at=None), name="notices_in_lanes"
            ),
            # whose notice a code is
            models.Index(
                fields=["code_digest"], condition=models.Q(code_digest__isnull=False), name="notices_by_code"
            ),
        ]

    def __str__(self) -> str:
        return f"Notice {self.pk}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Sentences about deliveries."""

    def of(self, notice: Notice) -> "DeliveryQuerySet":
        """Those of one notice, from the one partition that can hold them."""
        return self.filter(notice=notice, noticed_at=notice.created_at)

    def of_all(self, notices: Sequence[Notice]) -> "DeliveryQuerySet":
        """Those of these notices, from the few partitions that can hold them."""
        times = [notice.created_at for notice in notices]
        ids = [notice.pk for notice in notices]
        return self.filter(notice__in=ids, noticed_at__range=(min(times), max(times))) if ids else self.none()

    def these(self, rows: "Sequence[Delivery]") -> "DeliveryQuerySet":
        """Those rows, from the few partitions that can hold them."""
        times = [row.noticed_at for row in rows]
        ids = [row.pk for row in rows]
        return self.filter(pk__in=ids, noticed_at__range=(min(times), max(times))) if ids else self.none()

    def open(self) -> "DeliveryQuerySet":
        """Those that did not come to an end; a letter that waits for its printing is none of them."""
        return self.filter(due_at__isnull=False)

    def letters_to_print(self) -> "DeliveryQuerySet":
        """Letters that no paper was printed for yet, the oldest first."""
        return self.filter(channel=LETTER, state=Delivery.State.QUEUED).order_by("noticed_at", "id")

    def numbered(self, channel: str, reference: str) -> "DeliveryQuerySet":
        """The one that its provider, or its paper, knows by this number."""
        return self.filter(channel=channel, reference=reference) if reference else self.none()

    def due(self, *, at: datetime.datetime) -> "DeliveryQuerySet":
        """Those that may be tried now: never tried, their wait is over, or whoever tried them was lost."""
        return self.filter(due_at__lte=at)


class Delivery(models.Model):
    """One notice, one channel, one recipient: at most one row, and where it stands.

    A letter has no recipient: it goes to the registered address, which is read when it is printed.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        SENDING = "sending", _("Being sent")
        ACCEPTED = "accepted", _("Accepted by the provider")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Failed, will be tried again")
        REFUSED = "refused", _("Failed for good")
        RETURNED = "returned", _("Came back")
        GIVEN_UP = "given_up", _("Given up")

    # what has no clock any more; one that is accepted may still wait for word from its provider
    ENDED = (State.DELIVERED, State.REFUSED, State.RETURNED, State.GIVEN_UP)
    ARRIVED = (State.ACCEPTED, State.DELIVERED)

    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, db_constraint=False, related_name="deliveries"
    )
    noticed_at = models.DateTimeField(help_text="created_at of the notice: the month of the partition")
    resident = models.ForeignKey(
        "accounts.Resident", on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    due_at = models.DateTimeField(
        null=True, blank=True, help_text="from when it may be tried (again), or word is overdue"
    )
    reason = models.CharField(max_length=200, blank=True, help_text="why the last try failed")
    reference = models.CharField(
        max_length=100, blank=True, default="", db_default="", help_text="by which its provider knows it"
    )

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel", "recipient", "noticed_at"], name="one_delivery_a_channel"
            ),
            models.UniqueConstraint(
                fields=["notice", "channel", "noticed_at"],
                condition=models.Q(recipient=None),
                name="one_letter_a_notice",
            ),
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=False) | models.Q(channel=LETTER),
                name="only_a_letter_has_no_recipient",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["delivered", "refused", "returned", "given_up"], due_at=None)
                | models.Q(state="accepted")
                | models.Q(state__in=["queued", "sending", "failed"], due_at__isnull=False)
                | models.Q(state="queued", channel=LETTER, due_at=None),
                name="an_ended_delivery_has_no_clock",
            ),
        ]
        indexes = [
            # what a provider reports on, and which letter came back
            models.Index(
                fields=["channel", "reference"],
                condition=~models.Q(reference=""),
                name="deliveries_by_reference",
            ),
            models.Index(
                fields=["noticed_at"],
                condition=models.Q(channel=LETTER, state="queued"),
                name="letters_to_print",
            ),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"
