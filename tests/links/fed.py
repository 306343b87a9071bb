"""Institutions that sent something, or did not."""

import datetime

from django.utils import timezone

from links import watching
from links.models import FeedImport, Institution, Source

DAY = datetime.timedelta(days=1)
# a Friday in Japan; the Monday after it is a holiday
FRIDAY = datetime.datetime(2026, 11, 20, 3, 0, tzinfo=datetime.UTC)


def applied(
    institution: Institution, category: str = "bank_account", *, at: datetime.datetime | None = None, **fields
) -> FeedImport:
    """A feed of the institution that was applied, as the importer leaves it behind."""
    at = at or timezone.now()
    known = {"state": "done", "file_name": "feed.csv", "started_at": at, "finished_at": at} | fields
    done = FeedImport.objects.create(institution=institution, category=category, **known)
    watching.fed(done, at=at)
    return done


def refused(institution: Institution, category: str = "bank_account", **fields) -> FeedImport:
    """A file of the institution that was refused."""
    now = timezone.now()
    known = {"state": "refused", "started_at": now, "finished_at": now, "refusal": "Too much would go."}
    return FeedImport.objects.create(institution=institution, category=category, **(known | fields))


def source(institution: Institution, category: str = "bank_account", **fields) -> Source:
    """What is known about a feed that was applied."""
    applied(institution, category, **fields)
    return Source.objects.at_hand().get(institution=institution, category=category)
