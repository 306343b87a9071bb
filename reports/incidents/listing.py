"""Lists everybody whom an incident touches, in bounded batches, whether they reported anything or not."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from links.models import Finding, Link
from reports.kinds import CLOSED, State
from reports.models import AffectedPerson, AffectedRecord, Incident, Report

CHUNK = 500
DOUBTED = Q(concealed=True) | Q(verdict__in=[Link.Verdict.MISMATCH, Link.Verdict.REVIEW])
Role = AffectedPerson.Role


def list_next(incident: Incident, *, at: datetime.datetime) -> bool:
    """List the next records with their people; False once all of them were looked at."""
    with transaction.atomic():
        incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
        if incident.state != Incident.State.LISTING:
            return False
        links = list(candidates(incident).filter(pk__gt=incident.reached).order_by("pk")[:CHUNK])
        add(incident, links)
        incident.reached = links[-1].pk if links else incident.reached
        if not links:
            incident.state = Incident.State.OPEN
        incident.worked_at = at
        incident.save(update_fields=["reached", "state", "worked_at"])
        return bool(links)


def candidates(incident: Incident) -> QuerySet[Link]:
    """The records of its office and day that it is about."""
    if incident.scope == Incident.Scope.CASES or incident.day is None:
        return Link.objects.none()
    found = Link.objects.filter(
        institution=incident.institution_id, entered_by=incident.office, linked_on=incident.day
    )
    if incident.category:
        found = found.filter(category=incident.category)
    if incident.scope == Incident.Scope.ALL:
        return found
    reported = Report.objects.filter(link=OuterRef("pk")).exclude(state=State.WITHDRAWN)
    return found.filter(DOUBTED | Exists(reported))


def add(incident: Incident, links: list[Link]) -> None:
    """Add the records, the open cases about them, and both sides' people; nothing twice."""
    open_cases = Report.objects.filter(link__in=links).exclude(state__in=CLOSED).order_by("pk")
    cases = {case.link_id: case for case in open_cases}
    AffectedRecord.objects.bulk_create(
        (
            AffectedRecord(
                incident=incident, link=link, report=cases.get(link.pk), resident_id=link.resident_id
            )
            for link in links
        ),
        ignore_conflicts=True,
    )
    add_people(incident, [(link.resident_id, link.area) for link in links], Role.NUMBER)
    add_people(incident, owners(links), Role.OWNER)


def owners(links: list[Link]) -> list[tuple[int, str]]:
    """Whose the records probably are, by the last finding of each, with the record's area of life."""
    findings = Finding.objects.filter(link__in=links).order_by("pk").values_list("link", "owner")
    last, areas = dict(findings), {link.pk: link.area for link in links}
    return [(owner, areas[link]) for link, owner in last.items() if owner is not None]


def add_people(incident: Incident, people: Iterable[tuple[int, str]], role: Role) -> None:
    """Add each once; who stands there on the other side already is affected on both."""
    areas = dict(people)
    there = AffectedPerson.objects.filter(incident=incident, resident__in=areas)
    there.exclude(role__in=[role, Role.BOTH]).update(role=Role.BOTH)
    known = set(there.values_list("resident", flat=True))
    AffectedPerson.objects.bulk_create(
        (
            AffectedPerson(incident=incident, resident_id=key, role=role, area=area)
            for key, area in areas.items()
            if key not in known
        ),
        ignore_conflicts=True,
    )
