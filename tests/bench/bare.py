"""The yardstick of the home page: one template without includes; same records, session, user, queries."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Resident
from links.models import Link

# session and user by the middleware, resident and records by the view; the rest are plain rows
OWN_QUERIES = 4


def bare(request: HttpRequest) -> HttpResponse:
    """The resident's records in a bare table; `?queries=` says how many queries the page makes in all."""
    resident = Resident.objects.get(bindings__user=request.user)
    records = list(Link.objects.filter(resident=resident).select_related("institution"))
    for _ in range(int(request.GET["queries"]) - OWN_QUERIES):
        Resident.objects.get(pk=resident.pk)
    return render(request, "bare.html", {"resident": resident, "records": records})
