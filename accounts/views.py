"""Where one is signed in, and until when; one's own number."""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import gates, locking
from accounts.actions import look_at_own_number, sign_out_elsewhere
from accounts.forms import JoinForm
from accounts.limits import is_among_first
from accounts.models import Claim, Lock, Resident
from accounts.refusal import AccountError
from accounts.requests import SignedInRequest

JOINS_A_MINUTE = 5
TOO_FAST = gettext_lazy("Too many tries in a minute. Please wait a minute and try again.")
LOCKED_NOW = gettext_lazy("Everything is locked, and you are signed out everywhere else.")
SIGNED_OUT = gettext_lazy("This sign-in is not connected with a person. We signed it out everywhere else.")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def join(request: HttpRequest) -> HttpResponse:
    """A sign-in of one's own: an address, then a code. Whether we know the address does not show."""
    if request.user.is_authenticated:
        return redirect("portal:home")
    sent = request.method == "POST"
    if sent and not is_among_first(JOINS_A_MINUTE, what="join", request=request, at=timezone.now()):
        messages.error(request, str(TOO_FAST))
        sent = False
    form = JoinForm(request.POST if sent else None)
    if form.is_bound and form.is_valid():
        address = form.cleaned_data["email"]
        LoginCodeVerificationProcess.initiate(request=request, user=form.found, email=address)
        return redirect("account_confirm_login_code")
    return render(request, "account/signup.html", {"form": form})


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
@reauthentication_required
def end(request: SignedInRequest, session_id: str) -> HttpResponse:
    """Sign out on one other device."""
    others = request.user.sessions.others_than(request.session.session_key)
    session = get_object_or_404(others, public_id=session_id)
    sign_out_elsewhere(others.filter(pk=session.pk), by=request.user, at=timezone.now())
    messages.success(request, _("You are signed out on that device."))
    return redirect("accounts:sessions")


@require_POST
@reauthentication_required
def end_others(request: SignedInRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    others = request.user.sessions.others_than(request.session.session_key)
    sign_out_elsewhere(others, by=request.user, at=timezone.now())
    messages.success(request, _("You are signed out on all other devices."))
    return redirect("accounts:sessions")


@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: SignedInRequest) -> HttpResponse:
    """Lock everything in one step, and how it is opened again."""
    if request.user.works_here:
        raise PermissionDenied
    if request.method == "POST":
        made = locking.lock(session_key=request.session.session_key, by=request.user, at=timezone.now())
        messages.success(request, str(LOCKED_NOW if made else SIGNED_OUT))
        return redirect("accounts:lock")
    resident = Resident.objects.behind(request.user).first()
    context = {
        "resident": resident,
        "lock": Lock.objects.standing().filter(resident=resident).first() if resident else None,
        "claim": Claim.objects.open().filter(user=request.user).first(),
    }
    return render(request, "accounts/lock.html", context)


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
        "gate": gates.closed(request.user, at=timezone.now()),
    }
    return render(request, "accounts/number.html", context)
