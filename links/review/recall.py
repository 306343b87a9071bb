"""Takes back what the review found and withheld since a moment, for links that are again as they were."""

import datetime
from collections import defaultdict

from django.db.models import F

from links.models import Finding, Hold
from links.review import settle


def as_of(link_ids: list[int], moment: datetime.datetime, *, at: datetime.datetime) -> None:
    """Findings and holds of these links as they were at that moment; what persons decided is not touched."""
    _repeat_findings(link_ids, moment)
    _lift_later_holds(link_ids, moment, at=at)
    _place_lifted_holds(link_ids, moment, at=at)


def _repeat_findings(link_ids: list[int], moment: datetime.datetime) -> None:
    """The last finding of then becomes the last one again, where there is a later one."""
    findings = Finding.objects.filter(link__in=link_ids)
    later = findings.filter(found_at__gt=moment).values("link")
    earlier = findings.filter(found_at__lte=moment, link__in=later).order_by("pk")
    latest = {finding.link_id: finding for finding in earlier}
    for finding in latest.values():
        finding.pk = None
    Finding.objects.bulk_create(latest.values())


def _lift_later_holds(link_ids: list[int], moment: datetime.datetime, *, at: datetime.datetime) -> None:
    later = Hold.objects.active().filter(link__in=link_ids, source=Hold.Source.REVIEW, placed_at__gt=moment)
    ids = list(later.values_list("link", flat=True))
    settle.lift(ids, source=Hold.Source.REVIEW, by=None, at=at, notice="record.released")


def _place_lifted_holds(link_ids: list[int], moment: datetime.datetime, *, at: datetime.datetime) -> None:
    """Holds that the service lifted itself, about those on whose number the records are again."""
    lifted = Hold.objects.filter(
        link__in=link_ids, lifted_at__gte=moment, lifted_by=None, placed_at__lte=moment
    )
    same_person = lifted.filter(resident=F("link__resident"))
    again: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for source, reference, link in same_person.values_list("source", "reference", "link"):
        again[source, reference].append(link)
    for (source, reference), ids in again.items():
        settle.withhold(
            ids,
            source=Hold.Source(source),
            reference=reference,
            by=None,
            at=at,
            notice="record.withheld",
        )
