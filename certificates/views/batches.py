"""Bulk issue for staff: list the people, look, issue, watch, stop, and fetch the letters."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from accounts.requests import SignedInRequest
from accounts.rights import right_required
from certificates.bulk import actions
from certificates.forms import BatchForm
from certificates.models import Application, Batch
from certificates.refusal import CertificateError
from certificates.wording import LEFT_OUT

ROWS, REFUSED_SHOWN = 30, 100
TONES = {Batch.State.LISTED: "attention", Batch.State.STOPPED: "attention", Batch.State.DONE: "ok"}
STEPS = {
    "start": (actions.start, _("The certificates are being issued now.")),
    "stop": (actions.stop, _("Stopped. What was issued stands.")),
    "go-on": (actions.go_on, _("It goes on.")),
    "finish": (actions.finish, _("What was issued is being printed now.")),
    "throw-away": (actions.throw_away, _("The list was thrown away. Nothing was issued.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("certificates.view")
def listing(request: SignedInRequest) -> HttpResponse:
    """Every batch, the latest first, and the form that makes another one."""
    form = BatchForm(request.POST if request.method == "POST" else None)
    may_issue = request.user.may("certificates.issue")
    if request.method == "POST" and not may_issue:
        raise PermissionDenied
    if form.is_bound and form.is_valid():
        try:
            kind = Batch.Kind(form.cleaned_data["kind"])
            return redirect(actions.make(kind=kind, by=request.user, at=timezone.now()))
        except CertificateError as refusal:
            form.add_error(None, str(refusal))
    found = Batch.objects.within(request.user).order_by("-pk")
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    rows = [{"batch": batch, "tone": tone(batch)} for batch in page]
    context = {"form": form, "page": page, "rows": rows, "may_issue": may_issue}
    return render(request, "certificates/bulk/list.html", context)


@require_GET
@right_required("certificates.view")
def batch(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One batch: how far it is, who gets one for which reason, who does not."""
    found = find(request, public_id)
    refused = found.items.refused().order_by("pk").select_related("certificate", "link")
    reasons = found.items.values_list("reason").annotate(people=Count("pk")).order_by("-people")
    context = progress_of(found) | {
        "reasons": [(Application.Reason(code).label, people) for code, people in reasons],
        "left_out": [(LEFT_OUT[code], people) for code, people in sorted(found.left_out.items())],
        "refused": refused[:REFUSED_SHOWN],
        "refused_count": refused.count(),
        "may_issue": request.user.may("certificates.issue"),
    }
    return render(request, "certificates/bulk/batch.html", context)


@require_GET
@right_required("certificates.view")
def progress(request: SignedInRequest, public_id: str) -> HttpResponse:
    """How far it is, for the page that asks every two seconds; loaded anew once it waits for a person."""
    found = find(request, public_id)
    if not found.is_at_work:
        return HttpResponseClientRefresh() if request.htmx else redirect(found)  # type: ignore[attr-defined]
    return render(request, "certificates/bulk/progress.html", progress_of(found))


@require_POST
@right_required("certificates.issue")
def step(request: SignedInRequest, public_id: str, name: str) -> HttpResponse:
    """Start, stop, go on, finish or throw away."""
    found = find(request, public_id)
    if name not in STEPS:
        raise Http404
    deed, words = STEPS[name]
    try:
        deed(batch=found, by=request.user, at=timezone.now())
        messages.success(request, str(words))
    except CertificateError as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


@require_POST
@right_required("certificates.issue")
def letters(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    """Every letter of the batch as one PDF."""
    found = find(request, public_id)
    try:
        content = actions.fetch(batch=found, by=request.user, at=timezone.now())
    except CertificateError as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    name = f"{found.number}.pdf"
    return FileResponse(content, content_type="application/pdf", as_attachment=True, filename=name)


@require_GET
@right_required("certificates.issue")
def manifest(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What the letter shop counts and compares."""
    found = find(request, public_id)
    if not found.manifest:
        raise Http404
    name = {"Content-Disposition": f'attachment; filename="{found.number}.json"'}
    return JsonResponse(found.manifest, json_dumps_params={"indent": 1}, headers=name)


def progress_of(found: Batch) -> dict[str, Any]:
    """How many of how many have theirs."""
    people = found.items.count()
    waiting = found.items.waiting().count()
    issuing = found.state in (Batch.State.ISSUING, Batch.State.STOPPED)
    return {
        "batch": found,
        "tone": tone(found),
        "people": people,
        "waiting": waiting,
        "issued": found.items.issued().count(),
        "percent": 100 * (people - waiting) // people if issuing and people else None,
    }


def tone(found: Batch) -> str:
    """The look of its state."""
    return "waiting" if found.is_at_work else TONES.get(Batch.State(found.state), "ended")


def find(request: SignedInRequest, public_id: str) -> Batch:
    """The batch; 404 where there is none, or it is another insurer's."""
    return get_object_or_404(Batch.objects.within(request.user), public_id=public_id)
