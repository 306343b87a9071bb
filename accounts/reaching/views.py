"""How somebody is told: the channels for each group, quiet hours, and the telephone."""

from collections.abc import Collection

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.devices import named
from accounts.identity.views import residents_only
from accounts.models import Telephone
from accounts.reaching.browsers import NO_BROWSER, tell_browser
from accounts.reaching.forms import BrowserForm, CodeForm, PreferenceForm, TelephoneForm
from accounts.reaching.telephones import enter_code, forget, send_code
from accounts.refusal import AccountError
from accounts.requests import SignedInRequest
from notices.actions import choose
from notices.channels import CHANNELS
from notices.channels.sealing import public_key
from notices.models import Preference, PushSubscription


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: SignedInRequest) -> HttpResponse:
    """What may be left out, for each channel that leads to the person; and when it is quiet."""
    residents_only(request.user)
    preference = Preference.objects.filter(user=request.user).first() or Preference(user=request.user)
    telephone = Telephone.objects.filter(user=request.user).first()
    browsers = PushSubscription.objects.filter(user=request.user).order_by("added_at", "pk")
    data = request.POST if request.method == "POST" else None
    form = PreferenceForm(data, preference=preference, channels=leading_to(telephone, browsers))
    if form.is_bound and form.is_valid():
        choose(
            user=request.user,
            switched_off=form.switched_off(preference.switched_off),
            quiet=(form.cleaned_data["quiet_from"] or None, form.cleaned_data["quiet_until"] or None),
        )
        messages.success(request, _("Saved. Notices go out like this from now on."))
        return redirect("accounts:reaching")
    context = {
        "form": form,
        "telephone": telephone,
        "may_code": may_code(telephone),
        "browsers": browsers,
        "push_key": push_key(),
    }
    return render(request, "reaching/preferences.html", context)


def leading_to(telephone: Telephone | None, browsers: Collection[PushSubscription]) -> list[str]:
    """The channels by which the person can be reached."""
    on = {"push": bool(browsers) and push_key(), "email": True, "sms": telephone and telephone.number}
    return [code for code in CHANNELS if on[code]]


def may_code(telephone: Telephone | None) -> bool:
    """Whether a code that was sent still waits."""
    return telephone is not None and telephone.takes_code(at=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def telephone(request: SignedInRequest) -> HttpResponse:
    """Name a telephone: a code goes there."""
    residents_only(request.user)
    form = TelephoneForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            send_code(**form.cleaned_data, by=request.user, at=timezone.now())
            return redirect("accounts:telephone_code")
        except AccountError as refusal:
            form.add_error("number", str(refusal))
    return render(request, "reaching/telephone.html", {"form": form, "action": _("Send me a code")})


@require_http_methods(["GET", "HEAD", "POST"])
def telephone_code(request: SignedInRequest) -> HttpResponse:
    """The code that came by text message: five tries in ten minutes."""
    residents_only(request.user)
    if not Telephone.objects.filter(user=request.user).exclude(waiting="").exists():
        return redirect("accounts:reaching")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            enter_code(code=form.cleaned_data["code"], by=request.user, at=timezone.now())
            messages.success(request, _("Notices can come to this telephone now."))
            return redirect("accounts:reaching")
        except AccountError as refusal:
            form.add_error("code", str(refusal))
    return render(request, "reaching/telephone_code.html", {"form": form, "action": _("Use this telephone")})


@require_POST
@reauthentication_required
def forget_telephone(request: SignedInRequest) -> HttpResponse:
    """Write to the telephone no more."""
    residents_only(request.user)
    try:
        forget(by=request.user, at=timezone.now())
        messages.success(request, _("We send no more text messages to you."))
    except AccountError as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:reaching")


def push_key() -> str:
    """Our public key for browsers; empty where this installation pushes nothing."""
    return public_key(settings.PUSH_KEY) if settings.PUSH_KEY else ""


@require_POST
def add_browser(request: SignedInRequest) -> HttpResponse:
    """This browser is told from now on; its script sends where and with which keys."""
    residents_only(request.user)
    form = BrowserForm(request.POST)
    device = named(request.headers.get("User-Agent", ""))
    try:
        if not form.is_valid() or not push_key():
            raise AccountError(NO_BROWSER)
        tell_browser(**form.cleaned_data, device=device, by=request.user, at=timezone.now())
        messages.success(request, _("This device shows notices now."))
    except AccountError as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:reaching")


@require_POST
def remove_browser(request: SignedInRequest, browser_id: str) -> HttpResponse:
    """That browser is told no more."""
    residents_only(request.user)
    get_object_or_404(PushSubscription, user=request.user, public_id=browser_id).delete()
    messages.success(request, _("That device shows no more notices."))
    return redirect("accounts:reaching")
