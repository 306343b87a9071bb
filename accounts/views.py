"""Where one is signed in, and until when."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.actions import sign_out_elsewhere
from accounts.requests import SignedInRequest


@require_GET
def sessions(request: SignedInRequest) -> HttpResponse:
    """Every device on which this sign-in is open; this one first."""
    running = request.user.sessions.running(at=timezone.now())
    own = request.session.session_key
    rows = sorted(running, key=lambda session: session.session_key != own)
    return render(request, "accounts/sessions.html", {"sessions": rows, "own": own})


@require_GET
def stay(request: SignedInRequest) -> HttpResponse:
    """Says until when one is signed in now; that it was opened has put the end off, as every page does."""
    return render(request, "accounts/stay.html")


@require_POST
def end(request: SignedInRequest, session_id: str) -> HttpResponse:
    """Sign out on one other device."""
    others = request.user.sessions.others_than(request.session.session_key)
    session = get_object_or_404(others, public_id=session_id)
    sign_out_elsewhere(others.filter(pk=session.pk), by=request.user, at=timezone.now())
    messages.success(request, _("You are signed out on that device."))
    return redirect("accounts:sessions")


@require_POST
def end_others(request: SignedInRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    others = request.user.sessions.others_than(request.session.session_key)
    sign_out_elsewhere(others, by=request.user, at=timezone.now())
    messages.success(request, _("You are signed out on all other devices."))
    return redirect("accounts:sessions")
