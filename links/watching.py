"""Keeps, from facts alone, which sources there are and what waits for staff about them.

Looking again changes nothing while the facts stay the same: a matter closes by itself when its cause is gone.
"""

import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.timezone import localdate

from links.models import FeedImport, Institution, Matter, ReviewRun, Source

Kind = Matter.Kind
Scope = QuerySet[Institution]


class Cause(NamedTuple):
    """What a matter is about; two with the same cause are the same matter."""

    kind: str
    institution_id: int
    category: str = ""
    feed_import_id: int | None = None


@transaction.atomic
def fed(feed_import: FeedImport, *, at: datetime.datetime) -> None:
    """A feed was applied: it is the last one of its source, and what waited for it is closed."""
    known = Source.objects.of_feed(feed_import).update(last_import=feed_import)
    if not known:
        Source.objects.create(
            institution_id=feed_import.institution_id, category=feed_import.category, last_import=feed_import
        )
    waiting = Matter.objects.open().filter(institution=feed_import.institution_id)
    if not known or waiting.exists():
        look(at=at, institution=feed_import.institution_id)


@transaction.atomic
def undone(feed_import: FeedImport, *, at: datetime.datetime) -> None:
    """A feed was rolled back: the one before it is the last again, and without one nothing is connected."""
    before = FeedImport.objects.done().filter(
        institution=feed_import.institution_id, category=feed_import.category
    )
    source, last = Source.objects.of_feed(feed_import), before.order_by("-pk").first()
    if last:
        source.update(last_import=last)
    else:
        source.delete()
    look(at=at, institution=feed_import.institution_id)


@transaction.atomic
def look(*, at: datetime.datetime, institution: int | None = None) -> None:
    """Open what waits and is not open yet, close what waits no more: of one institution, or of all."""
    all_of_them = Institution.objects.all()
    scope = all_of_them.filter(pk=institution) if institution else all_of_them
    standing = {cause_of(matter): matter.pk for matter in Matter.objects.open().filter(institution__in=scope)}
    wanted = causes(scope, today=localdate(at))
    gone = [key for cause, key in standing.items() if cause not in wanted]
    Matter.objects.filter(pk__in=gone).close(at=at)
    new = [Matter(**cause._asdict(), opened_at=at) for cause in sorted(wanted - standing.keys(), key=str)]
    Matter.objects.bulk_create(new, ignore_conflicts=True)  # somebody else may look at the same moment


def cause_of(matter: Matter) -> Cause:
    """What a matter is about."""
    return Cause(matter.kind, matter.institution_id, matter.category, matter.feed_import_id)


def causes(scope: Scope, *, today: datetime.date) -> set[Cause]:
    """Everything about these institutions that waits for staff today."""
    return late(scope, today=today) | refused(scope) | stopped(scope) | unknown(scope)


def late(scope: Scope, *, today: datetime.date) -> set[Cause]:
    """Sources whose next feed is missing."""
    missing = Source.objects.filter(institution__in=scope).late(today=today)
    return {Cause(Kind.LATE_FEED, source.institution_id, source.category) for _since, source in missing}


def refused(scope: Scope) -> set[Cause]:
    """Feeds whose last file was refused; the brake is one of the reasons."""
    since = Source.objects.filter(
        institution=OuterRef("institution"), category=OuterRef("category"), last_import__gt=OuterRef("pk")
    )
    found = FeedImport.objects.refused().filter(~Exists(since), institution__in=scope).order_by("pk")
    last = {(one.institution_id, one.category): one.pk for one in found}
    return {Cause(Kind.FEED_REFUSED, *feed, key) for feed, key in last.items()}


def stopped(scope: Scope) -> set[Cause]:
    """Feeds at which the brake stopped the last review of everything."""
    feeds = ReviewRun.objects.stopped_feeds()
    keys = dict(scope.filter(code__in={code for code, _category in feeds}).values_list("code", "pk"))
    return {Cause(Kind.REVIEW_STOPPED, keys[code], category) for code, category in feeds if code in keys}


def unknown(scope: Scope) -> set[Cause]:
    """Institutions that were first seen in a feed and have their code as their name until now."""
    nameless = scope.filter(name_ja=F("code"), sources__isnull=False)
    return {Cause(Kind.UNKNOWN_INSTITUTION, key) for key in nameless.values_list("pk", flat=True)}
