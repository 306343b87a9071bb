"""The public pages about incidents: all of them, and one."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from links.rounding import rounded
from portal.databases import reading_from_replica
from reports.models import Incident

ROWS = 30


@require_GET
@login_not_required
@reading_from_replica()
def listing(request: HttpRequest) -> HttpResponse:
    """Every incident about which the public was told, the latest first."""
    told = Incident.objects.published().select_related("institution")
    ordered = told.annotate(told_at=Min("statements__decided_at")).order_by("-told_at", "-pk")
    page = Paginator(ordered, ROWS).get_page(request.GET.get("page"))
    return render(request, "portal/incidents.html", {"page": page})


@require_GET
@login_not_required
@reading_from_replica()
def incident(request: HttpRequest, number: str) -> HttpResponse:
    """What happened, how many it concerns, why, what is done by when, and what changed then."""
    found = get_object_or_404(Incident.objects.published().select_related("institution"), number=number)
    statements = list(found.statements.published())
    context = {
        "incident": found,
        "shown": statements[0],
        "first_at": statements[-1].decided_at,
        "people": rounded(found.people.count()),
    }
    return render(request, "portal/incident.html", context)
