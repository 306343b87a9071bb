"""Who one is to us: how the sign-in was connected, or how it can be."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import gates
from accounts.identity.claiming import (
    ask_for_counter,
    ask_for_letter,
    ask_for_own_letter,
    enter_code,
)
from accounts.identity.forms import CodeForm, WhoForm
from accounts.limits import is_among_first
from accounts.models import Claim, User
from accounts.one_by_one import Questions
from accounts.refusal import AccountError
from accounts.requests import SignedInRequest

# a minute and address: a family behind one connection gets through, a machine does not
REQUESTS_A_MINUTE = 5
CODES_A_MINUTE = 10
TOO_FAST = gettext_lazy("Too many tries in a minute. Please wait a minute and try again.")


@require_GET
def overview(request: SignedInRequest) -> HttpResponse:
    """Whose this sign-in is, how we know, how sure that is; where it is nobody's yet, what can be done."""
    residents_only(request.user)
    return render(request, "accounts/identity.html", standing(request.user))


def standing(user: User) -> dict[str, Any]:
    """How the sign-in is connected, and what it claims."""
    at = timezone.now()
    claims = user.claims.order_by("-opened_at", "-pk")
    last = claims.first()
    return {
        "binding": user.bindings.current().select_related("resident").first(),
        "gate": gates.closed(user, at=at),
        "of_the_dead": of_the_dead(user),
        "claim": last if last and last.ended_at is None else None,
        "refused": last is not None and last.state == Claim.State.REFUSED,
    }


def of_the_dead(user: User) -> bool:
    """Whether the person whose sign-in it was, or is, died."""
    last = user.bindings.select_related("resident").order_by("bound_at", "pk").last()
    return last is not None and last.resident.died_on is not None


@require_http_methods(["GET", "POST"])
def you(request: SignedInRequest) -> HttpResponse:
    """Is this you? What was stated is kept; the answer is the same whether we know such a person or not."""
    residents_only(request.user)
    form = WhoForm(request.POST if request.method == "POST" else None)
    questions = Questions(request, form)
    if questions.finished:
        if refusal := asked(request, form):
            form.add_error(None, refusal)
        else:
            return redirect("accounts:identity")
    context = {
        "question": _("Who are you?"),
        "hint": _(
            "Please write it as it stands in the resident register, "
            "for example on a copy of your resident record."
        ),
        "back_url": reverse("accounts:identity"),
        "action": _("Send"),
    }
    return render(request, "identity/you.html", context | questions.context())


def asked(request: SignedInRequest, form: WhoForm) -> str:
    """Keep what was stated; why that was refused, or empty."""
    at = timezone.now()
    if not is_among_first(REQUESTS_A_MINUTE, what="who", request=request, at=at):
        return str(TOO_FAST)
    try:
        ask_for_letter(claims=form.person(), by=request.user, at=at)
    except AccountError as refusal:
        return str(refusal)
    return ""


@require_POST
def counter(request: SignedInRequest) -> HttpResponse:
    """Somebody connected by letter wants to be surer: the number to say at a counter."""
    residents_only(request.user)
    try:
        ask_for_counter(by=request.user, at=timezone.now())
    except AccountError as refusal:
        messages.error(request, str(refusal))
    locked = gates.closed(request.user, at=timezone.now())
    return redirect("accounts:lock" if locked and locked.is_locked else "accounts:identity")


@require_POST
def own_letter(request: SignedInRequest) -> HttpResponse:
    """Somebody who locked everything proves who they are by a letter."""
    residents_only(request.user)
    try:
        ask_for_own_letter(by=request.user, at=timezone.now())
    except AccountError as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:lock")


@require_http_methods(["GET", "POST"])
def code(request: SignedInRequest) -> HttpResponse:
    """The code of the letter: five tries, then a new letter is needed."""
    residents_only(request.user)
    claim = Claim.objects.open().filter(user=request.user).first()
    if claim is None or not claim.takes_code:
        return redirect("accounts:identity")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and opened(request, form):
        return redirect("accounts:identity")
    return render(request, "identity/code.html", {"form": form, "action": _("Connect my sign-in")})


def opened(request: SignedInRequest, form: forms.Form) -> bool:
    """Whether the code opened the claim; otherwise the form says why not."""
    at = timezone.now()
    if not is_among_first(CODES_A_MINUTE, what="code", request=request, at=at):
        form.add_error("code", TOO_FAST)
        return False
    try:
        claim = enter_code(code=form.cleaned_data["code"], by=request.user, at=at)
    except AccountError as refusal:
        form.add_error("code", str(refusal))
        return False
    if claim.state == Claim.State.BOUND:
        messages.success(request, _("Your sign-in is connected with you now."))
    return True


def residents_only(user: User) -> None:
    """Staff do not claim anything: 403."""
    if user.works_here:
        raise PermissionDenied
