"""The pages of who wants to be called back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.display import chosen_language
from accounts.requests import SignedInRequest
from reports.calls import actions
from reports.calls.forms import NumberForm, PartForm
from reports.calls.words import spoken
from reports.models import Call
from reports.moving import ReportError

STEPS = 2


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest) -> HttpResponse:
    """When to call; who is to be called already sees by when."""
    waiting = Call.objects.waiting().filter(by=request.user).first()
    if waiting:
        return redirect(waiting)
    form = PartForm(request.POST if request.method == "POST" else request.GET or None)
    if request.method == "POST" and form.is_valid():
        return redirect(f"{reverse('calls:number')}?{urlencode({'part': form.cleaned_data['part']})}")
    context = {"form": form, "step": 1, "total": STEPS, "back_url": reverse("portal:home")}
    return render(request, "calls/question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def number(request: SignedInRequest) -> HttpResponse:
    """At which number; then the request waits."""
    part = PartForm(request.GET)
    if not part.is_valid():
        return redirect("calls:ask")
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data | part.cleaned_data | {"language": chosen_language(request)}
        try:
            return redirect(actions.ask(**asked, by=request.user, at=timezone.now()))
        except ReportError as refusal:
            form.add_error(None, str(refusal))
    back = f"{reverse('calls:ask')}?{urlencode(part.cleaned_data)}"
    context = {"form": form, "step": 2, "total": STEPS, "back_url": back, "action": _("Call me back")}
    return render(request, "calls/question.html", context)


@require_GET
def call(request: SignedInRequest, call_id: str) -> HttpResponse:
    """Where it stands, and the word by which one knows us."""
    found = own(request, call_id)
    return render(request, "calls/call.html", {"call": found, "word": spoken(found.word)})


@require_POST
def withdraw(request: SignedInRequest, call_id: str) -> HttpResponse:
    """Nobody calls any more."""
    found = own(request, call_id)
    try:
        actions.withdraw(call=found, by=request.user, at=timezone.now())
    except ReportError as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


def own(request: SignedInRequest, call_id: str) -> Call:
    """The call if the user asked for it; 404 otherwise."""
    return get_object_or_404(Call.objects.asked_by(request.user), public_id=call_id)
