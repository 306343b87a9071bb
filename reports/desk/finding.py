"""Finds the case that an address names."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.protection.looking import Look, look_of
from accounts.requests import SignedInRequest
from accounts.subjects import is_own_affair
from reports.models import Report
from reports.moving import OWN_CASE


def found(request: SignedInRequest, report_id: str) -> Report:
    """The case, for its reader."""
    return found_to_look(request, report_id)[0]


def found_to_look(request: SignedInRequest, report_id: str) -> tuple[Report, Look]:
    """The case with its record and its people at hand; 404 otherwise, 403 where it is one's own affair.

    Both sides stand on a case: whose record it really is, the person concerned must not read there. Of
    somebody under protection it shows no place before a second person let the reader look.
    """
    report: Report = get_object_or_404(
        Report.objects.with_record().select_related("assignee", "proof", "link__resident"),
        public_id=report_id,
    )
    if is_own_affair(request.user, report.resident_id, on=timezone.localdate()):
        raise PermissionDenied(OWN_CASE)
    now = timezone.now()
    look = look_of(request.user, report.resident, on=timezone.localdate(now), at=now)
    report.places_hidden = look.hidden
    if report.link:
        report.link.places_hidden = look.hidden
    return report, look
