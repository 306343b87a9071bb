"""What holds the trail together: seals of events, secrets of months, daily heads, what was emptied."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Q


class SealQuerySet(models.QuerySet["Seal"]):
    """Sentences about seals."""

    def after(self, position: int) -> "SealQuerySet":
        """Those that follow a position, in the order of the chain."""
        return self.filter(position__gt=position).order_by("position")

    def newest(self) -> "Seal | None":
        """The end of the chain."""
        return self.order_by("-position").first()


class Seal(models.Model):
    """What stays of an event for good: nothing personal, its place in the chain and the digest of the rest.

    `digest` is an HMAC of the personal part under the secret of the event's month; `hash` is over the hash
    before it, the fields here and the digest. See accounts/sealing.py.
    """

    position = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    role = models.CharField(max_length=20, blank=True)
    on_behalf = models.BooleanField()
    subject_kind = models.CharField(max_length=30, blank=True)
    digest = models.BinaryField()
    hash = models.BinaryField()
    sealed_at = models.DateTimeField()

    objects: ClassVar[SealQuerySet] = SealQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(position__gte=1), name="seals_begin_with_one")]

    def __str__(self) -> str:
        return f"Seal {self.position}"


class MonthSecret(models.Model):
    """Salts the digests of a month in Japan; goes with the month, so that nobody can guess them back."""

    month = models.DateField(unique=True)
    secret = models.BinaryField()

    def __str__(self) -> str:
        return f"MonthSecret {self.month:%Y-%m}"


class SealMark(models.Model):
    """One row, which whoever seals holds locked; up to `floor` every event is known to be sealed."""

    floor = models.BigIntegerField(default=0)
    next_floor = models.BigIntegerField(default=0)
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_mark_of_the_seals")]

    def __str__(self) -> str:
        return f"SealMark {self.floor}"


class EmptyingQuerySet(models.QuerySet["Emptying"]):
    """Sentences about what retention removed."""

    def reach(self) -> datetime.datetime | None:
        """Before when no personal part is left to be expected."""
        found: datetime.datetime | None = self.aggregate(reach=Max("before"))["reach"]
        return found


class Emptying(models.Model):
    """Says that personal parts from before a moment were removed; the database lets no other one go."""

    before = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="emptyings",
        help_text="empty where a command did it",
    )

    objects: ClassVar[EmptyingQuerySet] = EmptyingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(before__lt=F("at")), name="only_the_past_is_emptied")
        ]

    def __str__(self) -> str:
        return f"Emptying {self.pk}"


class TrailHead(models.Model):
    """The end of the chain on one day, signed, to be published where we cannot change it."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    position = models.BigIntegerField(help_text="of the last seal; 0 while there is none")
    hash = models.BinaryField()
    token = models.TextField(help_text="a compact JWS (ES256) that says the same and names the head before")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(position__gte=0), name="heads_count_from_nothing")]

    def __str__(self) -> str:
        return f"TrailHead {self.day}"
