"""Finds the case that an address names."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.requests import SignedInRequest
from accounts.subjects import is_own_affair
from reports.models import Report
from reports.moving import OWN_CASE


def found(request: SignedInRequest, report_id: str) -> Report:
    """The case with its record and its people at hand; 404 otherwise, 403 where it is one's own affair.

    Both sides stand on a case: whose record it really is, the person concerned must not read there.
    """
    report = get_object_or_404(
        Report.objects.with_record().select_related("assignee", "proof"), public_id=report_id
    )
    if is_own_affair(request.user, report.resident_id, on=timezone.localdate()):
        raise PermissionDenied(OWN_CASE)
    return report
