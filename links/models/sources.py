"""What institutions have connected: each category that was fed, and since when the next feed is late."""

import datetime
from collections.abc import Iterable
from operator import itemgetter
from typing import ClassVar

from django.db import models
from django.utils.timezone import localdate

from links.models.feeds import FeedImport
from links.models.institutions import Institution
from links.models.links import Link
from links.working_days import on_a_working_day

A_DAY = datetime.timedelta(days=1)


class SourceQuerySet(models.QuerySet["Source"]):
    """Sentences about sources."""

    def at_hand(self) -> "SourceQuerySet":
        """With institution and last feed, which all that a source says about itself needs."""
        return self.select_related("institution", "last_import")

    def late(self, *, today: datetime.date) -> "list[tuple[datetime.date, Source]]":
        """Those whose next feed is missing, each after the first day on which it was, the longest first."""
        regular = self.at_hand().filter(institution__expected_every_days__gt=0)
        late = [(since, source) for source in regular if (since := source.late_since(today))]
        return sorted(late, key=itemgetter(0))

    def categories(self) -> set[str]:
        """What at least one institution has connected."""
        return set(self.values_list("category", flat=True).distinct())

    def of_feed(self, feed_import: FeedImport) -> "SourceQuerySet":
        """The one of the institution and category of an import."""
        return self.filter(institution=feed_import.institution_id, category=feed_import.category)

    def of(self, links: Iterable[Link]) -> "SourceQuerySet":
        """Those from which such records come: a few more where two institutions send different categories."""
        known = list(links)
        return self.filter(
            institution__in={link.institution_id for link in known},
            category__in={link.category for link in known},
        )


class Source(models.Model):
    """A category that an institution has connected; written with each applied feed, by links.watching."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="sources")
    category = models.CharField(max_length=32)
    last_import = models.OneToOneField(
        FeedImport, on_delete=models.PROTECT, related_name="+", help_text="the last feed that was applied"
    )

    objects: ClassVar[SourceQuerySet] = SourceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "category"], name="one_source_a_category"),
        ]

    def __str__(self) -> str:
        return f"Source {self.pk}"

    @property
    def fed_on(self) -> datetime.date:
        """The day of the last feed in Japan."""
        return localdate(self.last_import.finished_at)

    @property
    def due_on(self) -> datetime.date | None:
        """The last day for the next feed, a working day; None where no rhythm was agreed."""
        days = self.institution.expected_every_days
        return on_a_working_day(self.fed_on + days * A_DAY) if days else None

    def late_since(self, today: datetime.date) -> datetime.date | None:
        """The first day on which the next feed was missing; None while it is not."""
        due = self.due_on
        return due + A_DAY if due and due < today else None
