"""The pages on which the desk calls people back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from accounts.rights import right_required
from reports.calls import actions
from reports.calls.forms import ResultForm
from reports.calls.words import spoken_both_ways
from reports.models import Call
from reports.moving import OWN_CASE, ReportError

MOST_LISTED = 50


@require_GET
@right_required("desk.view")
def waiting(request: SignedInRequest) -> HttpResponse:
    """Who is to be called next; neither name nor number: who looks at one opens it, and that is recorded."""
    found, today = Call.objects.waiting(), timezone.localdate()
    context = {"calls": found.next_first()[:MOST_LISTED], "count": found.count(), "today": today}
    return render(request, "calls/waiting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("desk.work")
def work(request: SignedInRequest, call_id: str) -> HttpResponse:
    """Whom to call, the word to say, and what came of it."""
    found = get_object_or_404(Call.objects.select_related("by", "resident"), public_id=call_id)
    form = ResultForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_bound and form.is_valid():
            actions.enter_result(call=found, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The result was entered."))
            return redirect("calls:waiting")
        actions.open_call(call=found, by=request.user, at=timezone.now())
    except ReportError as refusal:
        if str(refusal) == str(OWN_CASE):
            raise PermissionDenied(str(refusal)) from refusal
        messages.error(request, str(refusal))
        return redirect("calls:waiting")
    language = get_language_info(found.language)["name_local"]
    context = {"call": found, "form": form, "word": spoken_both_ways(found.word), "language_name": language}
    return render(request, "calls/work.html", context)
