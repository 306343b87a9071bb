"""The brake: a feed of which too much would be withheld is more likely wrong itself than its people are.

It protects use: nothing of such a feed is held. Details stay hidden all the same (Link.concealed), which
protects strangers.
"""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef

from links.models import Finding, Hold, ReviewRun
from links.models.links import LinkQuerySet
from links.review.walk import decided_rows, scoped

FEWEST = 20


class Feed(NamedTuple):
    """One institution's records of one category, of which `new` would be withheld."""

    institution_id: int
    code: str
    category: str
    percent: Decimal
    new: int

    def links(self, run: ReviewRun) -> LinkQuerySet:
        """Those that would be withheld."""
        return awaiting(run).filter(institution=self.institution_id, category=self.category)


def awaiting(run: ReviewRun) -> LinkQuerySet:
    """Links whose last finding points to another person, without a hold of the review or a decision yet."""
    held = Hold.objects.active().filter(link=OuterRef("pk"), source=Hold.Source.REVIEW)
    doubted = Finding.objects.filter(conceals=True).values("link")
    concealed = scoped(run).filter(concealed=True, pk__in=doubted).exclude(verdict="")
    return concealed.exclude(decided_rows()).exclude(Exists(held))


def feeds(run: ReviewRun) -> list[Feed]:
    """The feeds of which something would be withheld."""
    counted = awaiting(run).values(
        "institution", "institution__code", "category", "institution__brake_percent"
    )
    rows = counted.annotate(new=Count("pk")).order_by("institution__code", "category")
    return [
        Feed(
            x["institution"], x["institution__code"], x["category"], x["institution__brake_percent"], x["new"]
        )
        for x in rows
    ]


def size(run: ReviewRun, feed: Feed) -> int:
    """How many records of that feed stand."""
    return scoped(run).filter(institution=feed.institution_id, category=feed.category).count()


def stops(feed: Feed, size: int) -> bool:
    """Whether withholding them would take more than the institution's share, and at least twenty records."""
    return feed.new >= FEWEST and feed.new * 100 > feed.percent * size
