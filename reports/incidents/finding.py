"""Finds incidents by itself: what a check found at one office on one day, and like cases of residents."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Count

from links.models import Finding, Institution, Link, ReviewRun
from reports.desk.causes import probable
from reports.kinds import Cause, Kind
from reports.models import Incident, Report

FEWEST_CASES = 5
LOOKED_AT = 500
RECENT = datetime.timedelta(days=7)
# what residents say of records that are not theirs
LIKE = (Kind.NOT_MINE, Kind.SAW_OTHER)


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when: the institution, the office or terminal as sent, and the day of linking."""

    institution: Institution
    office: str
    day: datetime.date


def find(*, at: datetime.datetime) -> list[Incident]:
    """Begin an incident for each place that has none yet; nothing where one was dismissed or finished."""
    begun = []
    for place, run in [*of_checks(at), *of_cases(at)]:
        known = Incident.objects.filter(institution=place.institution, office=place.office, day=place.day)
        if not known.exists():
            begun += begin(place, run, at=at)
    return begun


def of_checks(at: datetime.datetime) -> Iterable[tuple[Place, ReviewRun | None]]:
    """What the checks of the last days found: office, day and how many, as the run kept them."""
    runs = list(ReviewRun.objects.finished().filter(finished_at__gte=at - RECENT).exclude(incidents=[]))
    codes = {row[0] for run in runs for row in run.incidents}
    institutions = {each.code: each for each in Institution.objects.filter(code__in=codes)}
    for run in runs:
        for code, office, day, *_counts in run.incidents:
            if code in institutions:
                yield Place(institutions[code], office, datetime.date.fromisoformat(day)), run


def of_cases(at: datetime.datetime) -> Iterable[tuple[Place, ReviewRun | None]]:
    """Places about which several residents said the same in the last days."""
    alike = Report.objects.filter(kind__in=LIKE, received_at__gte=at - RECENT).exclude(link__entered_by="")
    where = ("link__institution", "link__entered_by", "link__linked_on")
    grouped = (
        alike.exclude(link=None).values(*where).annotate(cases=Count("pk")).filter(cases__gte=FEWEST_CASES)
    )
    rows = list(grouped.order_by(*where).values_list(*where))
    institutions = Institution.objects.in_bulk({row[0] for row in rows})
    return [(Place(institutions[key], office, day), None) for key, office, day in rows]


def begin(place: Place, run: ReviewRun | None, *, at: datetime.datetime) -> list[Incident]:
    """The new incident; none where another worker was first."""
    found_at = run.finished_at if run and run.finished_at else at
    try:
        with transaction.atomic():
            incident = Incident.objects.create(
                institution=place.institution,
                office=place.office,
                day=place.day,
                cause=cause_of(place),
                run=run,
                discovered_at=found_at,
                worked_at=at,
            )
    except IntegrityError:
        return []
    return [incident]


def cause_of(place: Place) -> str:
    """The cause for which most of the findings speak; a system fault where they speak for none."""
    links = Link.objects.filter(
        institution=place.institution, entered_by=place.office, linked_on=place.day, concealed=True
    )
    findings = Finding.objects.filter(link__in=links.values("pk")[:LOOKED_AT]).select_related("link")
    causes = Counter(probable(finding, finding.link.category) for finding in findings)
    causes.pop(None, None)
    return causes.most_common(1)[0][0] or "" if causes else Cause.SYSTEM_FAULT
