"""The pages of one record."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import trail
from accounts.models import AuditEvent
from accounts.subjects import band
from links import actions
from links.actions import LinkError
from links.categories import DETAILS
from links.evidence import rows_for_resident
from links.models import Link, ReviewRun
from links.provenance import history
from links.statuses import status_of


@require_GET
def record(request: HttpRequest, public_id: str) -> HttpResponse:
    """One record: its match, where it came from, who looked at it, and two answers of equal weight."""
    link = visible(request, public_id)
    actions.view(link=link, by=request.user, at=timezone.now())
    return render(request, "links/record.html", page(request, link))


@require_POST
def details(request: HttpRequest, public_id: str) -> HttpResponse:
    """The record's page with its details opened, which the trail remembers."""
    link = visible(request, public_id)
    try:
        opened = actions.open_details(link=link, by=request.user, at=timezone.now())
    except LinkError as refusal:
        messages.error(request, str(refusal))
        return redirect(link)
    rows = [{"key": DETAILS.get(key, key), "value": value} for key, value in opened.items() if value]
    return render(request, "links/record.html", page(request, link) | {"details": rows})


@require_POST
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """This is mine."""
    link = visible(request, public_id)
    try:
        actions.confirm(link=link, by=request.user, at=timezone.now())
        messages.success(request, actions.THANKS)
    except LinkError as refusal:
        messages.error(request, str(refusal))
    return redirect(link)


def visible(request: HttpRequest, public_id: str) -> Link:
    """The record if the user may see it; 404 otherwise."""
    scope = Link.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(scope.select_related("institution", "resident"), public_id=public_id)


def page(request: HttpRequest, link: Link) -> dict[str, object]:
    """What the record's page shows; nothing of the holder where the details are hidden."""
    finding = link.findings.order_by("-id").first()
    run = ReviewRun.objects.covering(link).order_by("-finished_at").first()
    return {
        "link": link,
        "status": status_of(link),
        "rows": rows_for_resident(link, finding) if finding and link.shows_details else [],
        "checked_at": run.finished_at if run else finding and finding.found_at,
        "history": history(link),
        "seen": trail.lines(AuditEvent.objects.on("link", link.public_id), reader=request.user),
        "report": link.holds.active().filter(source="report").order_by("-placed_at").first(),
        "subject_band": band(request.user, link.resident),
    }
