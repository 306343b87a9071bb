"""Feeds that the brake stopped: how much of each still waits, and withholding it after a person looked."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from accounts.models import User
from links.categories import CATEGORIES
from links.models import Hold, Institution, ReviewRun
from links.models.links import LinkQuerySet
from links.review import settle
from links.review.brake import awaiting
from links.review.walk import BATCH


@dataclass(frozen=True, slots=True)
class Stopped:
    """One feed: how many of how many records would have been withheld, and how many still wait."""

    institution: Institution
    category: str
    title: Promise
    new: int
    size: int
    waiting: int


def of_run(run: ReviewRun) -> list[Stopped]:
    """The feeds that the brake stopped in this run."""
    codes = [code for code, _category, _new, _size in run.stopped_feeds]
    known = Institution.objects.in_bulk(codes, field_name="code")
    return [
        Stopped(known[code], kind, CATEGORIES[kind], new, size, waiting(run, code, kind).count())
        for code, kind, new, size in run.stopped_feeds
    ]


def waiting(run: ReviewRun, institution: str, category: str) -> LinkQuerySet:
    """Its records that point to another person and are not withheld, and about which nobody decided."""
    return awaiting(run).filter(institution__code=institution, category=category)


def withhold(run: ReviewRun, institution: str, category: str, *, by: User) -> None:
    """Withhold what waits, in batches; repeating it goes on where it was cut off."""
    while settled_some(run, institution, category, by=by):
        pass


@transaction.atomic
def settled_some(run: ReviewRun, institution: str, category: str, *, by: User) -> int:
    """Withhold the next batch; how many they were."""
    due = waiting(run, institution, category).select_for_update(of=("self",)).order_by("pk")
    links = settle.withhold(
        due.values_list("pk", flat=True)[:BATCH],
        source=Hold.Source.REVIEW,
        run=run,
        by=by,
        at=timezone.now(),
        notice="record.withheld",
    )
    ReviewRun.objects.filter(pk=run.pk).update(withheld=run.withheld + len(links))
    run.withheld += len(links)
    return len(links)
