"""What the pages share: whose record or report it is, and whether the user may see it."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.requests import SignedInRequest
from accounts.scopes import Area, Deed
from accounts.subjects import band, may
from links.models import Link
from reports.models import Report


def reportable(request: SignedInRequest, link_id: str) -> Link:
    """The record if the user may report it and it still hangs on the number; 404 otherwise."""
    today = timezone.localdate()
    scope = Link.objects.standing().visible_to(request.user, on=today, to=Deed.REPORT)
    return get_object_or_404(scope.select_related("institution", "resident"), public_id=link_id)


def visible(request: SignedInRequest, report_id: str) -> Report:
    """The report if the user may see it; 404 otherwise."""
    scope = Report.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(scope.with_record(), public_id=report_id)


def first_report(link: Link) -> Report | None:
    """The open report about the record: there is at most one."""
    return Report.objects.open().filter(link=link, resident=link.resident_id).first()


def framed(request: SignedInRequest, about: Link | Report) -> dict[str, Any]:
    """Whose affairs the page shows, if not the user's own; whether a helper may not apply for them."""
    name, today = band(request.user, about.resident), timezone.localdate()
    applies = not name or may(request.user, Deed.APPLY, about.resident_id, area=Area.HEALTH, on=today)
    return {"subject_band": name, "applies_not": not applies}
