"""What an incident means for one person: the page to which its notice leads."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts import audit
from accounts.models import Resident
from accounts.requests import SignedInRequest
from accounts.subjects import band
from links.models import Link
from reports.models import AffectedPerson, Incident


@require_GET
def affected(request: SignedInRequest, incident_id: str) -> HttpResponse:
    """What happened and what we do, and which records of the person it is about; 404 for everybody else."""
    incident, today = get_object_or_404(Incident.objects.real(), public_id=incident_id), timezone.localdate()
    seen = Resident.objects.visible_to(request.user, on=today).values("pk")
    people = list(incident.people.filter(resident__in=seen).select_related("resident").order_by("pk"))
    if not people:
        raise Http404
    now = timezone.now()
    audit.look("incident.viewed", residents=[who.resident_id for who in people], by=request.user, at=now)
    context = {
        "incident": incident,
        "statement": incident.statements.published().first(),
        "rows": [row(request, who) for who in people],
        "subject_band": band(request.user, people[0].resident) if len(people) == 1 else "",
    }
    return render(request, "reports/incident.html", context)


def row(request: SignedInRequest, who: AffectedPerson) -> dict[str, Any]:
    """One person: named where it is not the reader, with the records that the reader may see."""
    touched = who.incident.records.filter(resident=who.resident_id).values("link")
    links = Link.objects.visible_to(request.user, on=timezone.localdate()).filter(pk__in=touched)
    return {
        "name": band(request.user, who.resident),
        "hung": who.role != AffectedPerson.Role.OWNER,
        "owned": who.role != AffectedPerson.Role.NUMBER,
        "links": links.select_related("institution"),
    }
