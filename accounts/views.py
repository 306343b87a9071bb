"""Where one is signed in, and until when; one's own number."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions import look_at_own_number, sign_out_elsewhere
from accounts.models import Binding, Resident
from accounts.refusal import AccountError
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


@require_http_methods(["GET", "HEAD", "POST"])
def number(request: SignedInRequest) -> HttpResponse:
    """One's own individual number: masked, and opened for whoever proved a moment ago who they are."""
    if request.user.works_here:
        raise PermissionDenied
    resident = get_object_or_404(Resident.objects.bound_to(request.user))
    return opened_number(request) if request.method == "POST" else show_number(request, resident)


@reauthentication_required
def opened_number(request: SignedInRequest) -> HttpResponse:
    """In the answer to this request only: nothing keeps it."""
    try:
        opened = look_at_own_number(by=request.user, at=timezone.now())
    except AccountError as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:number")
    resident = Resident.objects.bound_to(request.user).get()
    return show_number(request, resident, opened=opened)


def show_number(request: SignedInRequest, resident: Resident, *, opened: str = "") -> HttpResponse:
    """The page, with the number in groups of four where it was opened."""
    groups = [opened[start : start + 4] for start in range(0, len(opened), 4)]
    context = {
        "groups": groups,
        "known": hasattr(resident, "sealed_number"),
        "binding": resident.bindings.current().get(),
        "guest_until": Binding.objects.guest_until(request.user, at=timezone.now()),
    }
    return render(request, "accounts/number.html", context)
