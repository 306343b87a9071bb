"""What waits for staff in this room."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from links.categories import CATEGORIES
from links.models.feeds import FeedImport
from links.models.institutions import Institution


class MatterQuerySet(models.QuerySet["Matter"]):
    """Sentences about matters."""

    def open(self) -> "MatterQuerySet":
        """Those that still wait."""
        return self.filter(closed_at=None)

    def untold(self) -> "MatterQuerySet":
        """Those of which staff were not told by mail."""
        return self.filter(told_at=None)

    def worst_first(self) -> "MatterQuerySet":
        """By the order of their kinds, the oldest of each first."""
        order = [When(kind=kind, then=Value(place)) for place, kind in enumerate(Matter.Kind)]
        return self.order_by(Case(*order), "opened_at", "pk")

    def close(self, *, at: datetime.datetime) -> None:
        """They wait no more; one that was opened while we looked closes when it began, not before."""
        self.update(closed_at=Greatest("opened_at", Value(at, output_field=models.DateTimeField())))


class Matter(models.Model):
    """Something about an institution that waits for staff; links.watching opens and closes it from facts."""

    class Kind(models.TextChoices):  # the worst first
        FEED_REFUSED = "feed_refused", _("A file was refused")
        REVIEW_STOPPED = "review_stopped", _("The check was stopped: too much would be withheld")
        LATE_FEED = "late_feed", _("A feed is late")
        UNKNOWN_INSTITUTION = "unknown_institution", _("An institution sent a feed and has no name yet")

    kind = models.CharField(max_length=24, choices=Kind)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="matters")
    category = models.CharField(
        max_length=32, blank=True, choices=list(CATEGORIES.items()), help_text="empty: the whole institution"
    )
    feed_import = models.ForeignKey(
        FeedImport,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the one that was refused",
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="when staff were told by mail")

    objects: ClassVar[MatterQuerySet] = MatterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "institution", "category"],
                condition=Q(closed_at=None),
                name="one_open_matter_a_feed",
            ),
            models.CheckConstraint(
                condition=Q(kind="unknown_institution", category="")
                | (~Q(kind="unknown_institution") & ~Q(category="")),
                name="matters_name_their_feed",
            ),
            models.CheckConstraint(
                condition=Q(kind="feed_refused", feed_import__isnull=False)
                | (~Q(kind="feed_refused") & Q(feed_import=None)),
                name="a_refusal_names_its_import",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="matters_close_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"Matter {self.pk}"
