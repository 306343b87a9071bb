"""Everything about one person on one page, to print and take along."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts import audit
from accounts.requests import SignedInRequest
from accounts.subjects import band, subject_or_404
from portal.overview import overview
from reports.models import Report
from reports.progress import standing


@require_GET
def summary(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """The records with their states, and what is being put right; no detail that a bystander may not see."""
    now = timezone.now()
    resident = subject_or_404(request.user, resident_id, on=timezone.localdate(now))
    audit.look("person.viewed", residents=[resident.pk], by=request.user, at=now)
    reports = Report.objects.open().about(resident).with_record().worst_first()
    context = {
        "resident": resident,
        "overview": overview(resident, reader=request.user),
        "reports": [{"report": report, "standing": standing(report)} for report in reports],
        "now": now,
        "subject_band": band(request.user, resident),
    }
    return render(request, "portal/summary.html", context)
