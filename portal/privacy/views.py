"""One's own data: the copy of everything, the end of the sign-in, how long what is kept."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import gates
from accounts.models import Resident
from accounts.requests import SignedInRequest
from portal.models import Export
from portal.privacy import copies, leaving
from portal.privacy.contents import LEFT_OUT
from portal.privacy.forms import LeaveForm
from portal.privacy.refusal import PrivacyError
from portal.privacy.rules import RULES


@require_GET
def copy(request: SignedInRequest) -> HttpResponse:
    """What the copy holds and how far it is; staff have none, for nothing here is about them."""
    get_object_or_404(own_person(request))
    now = timezone.now()
    context = {
        "export": Export.objects.of(request.user).select_related("file").first(),
        "gate": gates.closed(request.user, at=now),
        "left_out": LEFT_OUT,
    }
    return render(request, "portal/copy.html", context)


@require_POST
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask for a copy."""
    get_object_or_404(own_person(request))
    try:
        copies.ask(by=request.user, language=get_language() or "ja", at=timezone.now())
    except PrivacyError as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:copy")


@require_http_methods(["GET", "HEAD", "POST"])
def fetch(request: SignedInRequest) -> HttpResponse:
    """Fetch the copy; whoever comes back from proving who they are sends it again."""
    get_object_or_404(own_person(request))
    return fetched(request) if request.method == "POST" else redirect("portal:copy")


@reauthentication_required
def fetched(request: SignedInRequest) -> HttpResponse:
    """The bytes, in the answer to this request only."""
    now = timezone.now()
    try:
        content = copies.fetch(by=request.user, at=now)
    except PrivacyError as refusal:
        messages.error(request, str(refusal))
        return redirect("portal:copy")
    name = f"my-data-{timezone.localdate(now)}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/zip", headers=headers)


@require_POST
def throw_away(request: SignedInRequest) -> HttpResponse:
    """Remove the copy before its time."""
    get_object_or_404(own_person(request))
    copies.throw_away(by=request.user, at=timezone.now())
    messages.success(request, _("The copy is deleted."))
    return redirect("portal:copy")


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SignedInRequest) -> HttpResponse:
    """What goes with the sign-in and what stays, and why; sent with the tick, it is deleted."""
    if request.user.works_here:
        raise PermissionDenied
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        gone: HttpResponse = left_for_good(request)
        return gone
    context = {"preview": leaving.preview(request.user), "form": form}
    return render(request, "portal/leave.html", context)


@reauthentication_required
def left_for_good(request: SignedInRequest) -> HttpResponse:
    """Delete the sign-in and end this session."""
    try:
        leaving.leave(by=request.user, at=timezone.now())
    except PrivacyError as refusal:
        messages.error(request, str(refusal))
        return redirect("portal:leave")
    logout(request)
    return redirect("portal:left")


@require_GET
@login_not_required
def left(request: HttpRequest) -> HttpResponse:
    """The sign-in is deleted: a page for whoever is nobody here any more."""
    return render(request, "portal/left.html")


@require_GET
@login_not_required
def keeping(request: HttpRequest) -> HttpResponse:
    """How long we keep what, for everyone."""
    return render(request, "portal/keeping.html", {"rules": RULES})


def own_person(request: SignedInRequest) -> Any:
    """The person whose sign-in this is; staff are refused."""
    if request.user.works_here:
        raise PermissionDenied
    return Resident.objects.bound_to(request.user)
