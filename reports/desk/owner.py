"""Whose record it probably is instead: shown for a purpose, and written down for both people."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.choosing import CHOOSE
from accounts.models import Resident
from accounts.protection.looking import look_of
from accounts.requests import SignedInRequest
from accounts.rights import right_required
from accounts.subjects import is_own_affair
from links.evidence import readable
from reports import actions
from reports.desk.case import last_finding
from reports.desk.finding import found
from reports.models import Report
from reports.moving import OWN_CASE

# codes that the trail of the person explains (portal/trail_words.py)
PURPOSES = (
    ("compare_owner", _("To decide whose record it is")),
    ("move_record", _("To have the record moved to its owner")),
)


class PurposeForm(forms.Form):
    """Why somebody's data are looked at."""

    purpose = forms.ChoiceField(
        label=_("Why do you need it?"), choices=PURPOSES, widget=forms.RadioSelect, error_messages=CHOOSE
    )


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("desk.work")
def owner(request: SignedInRequest, report_id: str) -> HttpResponse:
    """The candidate beside the record, once a purpose was chosen."""
    report = found(request, report_id)
    person, now = candidate(report), timezone.now()
    if is_own_affair(request.user, person.pk, on=timezone.localdate(now)):
        raise PermissionDenied(OWN_CASE)
    look = look_of(request.user, person, on=timezone.localdate(now), at=now)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    context = {"report": report, "form": form, "look": look, "candidate": person.public_id}
    if form.is_bound and form.is_valid() and not look.hidden:
        purpose = form.cleaned_data["purpose"]
        actions.compare_owner(report=report, owner=person, purpose=purpose, by=request.user, at=now)
        context |= {"person": readable(person), "link": report.link}
    return render(request, "desk/owner.html", context)


def candidate(report: Report) -> Resident:
    """Whom the engine last named for the record; 404 where it names nobody, or the record left."""
    finding = None if report.record_left or report.link is None else last_finding(report)
    if finding is None or finding.owner is None:
        raise Http404
    return finding.owner
