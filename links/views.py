"""The pages of one record."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import gates, trail
from accounts.models import AuditEvent, Resident, User
from accounts.requests import SignedInRequest
from accounts.scopes import Deed
from accounts.subjects import band, may
from links import actions
from links import details as wording
from links.actions import LinkError
from links.evidence import rows_for_resident
from links.models import Link, Source
from links.provenance import history, rules_of
from links.review.runs import last_checked_at
from links.statuses import status_of


@require_GET
def record(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One record: its match, where it came from, who looked at it, and two answers of equal weight."""
    link = visible(request, public_id)
    actions.view(link=link, by=request.user, at=timezone.now())
    return render(request, "links/record.html", page(request, link))


@require_http_methods(["GET", "POST"])
def details(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The record's page with its details opened, which the trail remembers; come back to, they are closed."""
    link = visible(request, public_id)
    if request.method == "GET":
        return redirect(link)
    try:
        opened = actions.open_details(link=link, by=request.user, at=timezone.now())
    except LinkError as refusal:
        messages.error(request, str(refusal))
        return redirect(link)
    return render(request, "links/record.html", page(request, link) | {"details": wording.rows(opened)})


@require_POST
def confirm(request: SignedInRequest, public_id: str) -> HttpResponse:
    """This is mine."""
    link = visible(request, public_id, to=Deed.REPORT)
    try:
        actions.confirm(link=link, by=request.user, at=timezone.now())
        messages.success(request, actions.THANKS)
    except LinkError as refusal:
        messages.error(request, str(refusal))
    return redirect(link)


def visible(request: SignedInRequest, public_id: str, *, to: Deed = Deed.SEE) -> Link:
    """The record if the user may do this with it; 404 otherwise."""
    scope = Link.objects.visible_to(request.user, on=timezone.localdate(), to=to)
    return get_object_or_404(scope.select_related("institution", "resident"), public_id=public_id)


def page(request: SignedInRequest, link: Link) -> dict[str, object]:
    """What the record's page shows; nothing of the holder where the details are hidden."""
    finding = link.findings.order_by("-id").first()
    source = Source.objects.at_hand().of([link]).first()
    deeds = AuditEvent.objects.about(link.resident).on("link", link.public_id)
    name = band(request.user, link.resident)
    return {
        "link": link,
        "status": status_of(link),
        "rows": rows_for_resident(link, finding) if finding and link.shows_details else [],
        "source": source,
        "late_since": source.late_since(timezone.localdate()) if source else None,
        "checked_at": last_checked_at(link, finding),
        "rules_version": rules_of(link, finding),
        "history": history(link),
        "seen": trail.lines(deeds, reader=request.user),
        "report": link.holds.active().by_report(of=link.resident).order_by("-placed_at").first(),
        "gate": gates.closed(request.user, at=timezone.now(), about=link.resident_id),
        "subject_band": name,
        **(not_for_helpers(request.user, link) if name else {}),
    }


def not_for_helpers(user: User, link: Link) -> dict[str, bool]:
    """Which ways on are closed to a helper who was not let at them."""
    today, whom = timezone.localdate(), link.resident
    whole = Resident.objects.wholly_visible_to(user, on=today).filter(pk=whom.pk).exists()
    reports = whole or may(user, Deed.REPORT, whom.pk, area=link.area, on=today)
    return {"sees_no_trail": not whole, "reports_not": not reports}
