"""Who acts for me, and for whom I act."""

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.acting import naming, pages
from accounts.acting.ending import Ending, end
from accounts.acting.forms import CodeForm, NameForm, ScopeForm
from accounts.identity.views import TOO_FAST, residents_only
from accounts.limits import is_among_first
from accounts.models import Authority, Invitation, Resident
from accounts.one_by_one import Questions
from accounts.refusal import AccountError
from accounts.requests import SignedInRequest

CODES_A_MINUTE = 10


@require_GET
def overview(request: SignedInRequest) -> HttpResponse:
    """Who acts for me, for whom I act, what waits, and what ended lately."""
    residents_only(request.user)
    now = timezone.now()
    context = pages.overview(request.user, at=now, on=timezone.localdate(now))
    return render(request, "acting/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def name(request: SignedInRequest) -> HttpResponse:
    """Name a helper: the code is shown in the answer to this request only."""
    residents_only(request.user)
    now = timezone.now()
    if refusal := pages.why_not(request.user, at=now):
        messages.error(request, refusal)
        return redirect("accounts:helpers")
    form = NameForm(request.POST if request.method == "POST" else None)
    questions = Questions(request, form)
    if questions.finished:
        try:
            last = form.last_day(timezone.localdate(now))
            offer, code = naming.invite(chosen=form.chosen(), ends_on=last, by=request.user, at=now)
            return render(request, "acting/code_made.html", {"offer": offer, "code": code})
        except AccountError as refused:
            form.add_error(None, str(refused))
    return render(request, "acting/name.html", about_naming() | questions.context())


def about_naming() -> dict[str, str]:
    """The words around the questions on a helper."""
    return {
        "question": _("Name a helper"),
        "hint": _(
            "You choose what the helper may do. Then you get a code. "
            "You give the code to the person yourself."
        ),
        "back_url": reverse("accounts:helpers"),
        "action": _("Make a code"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: SignedInRequest) -> HttpResponse:
    """The code that somebody was given: it opens the offer for this sign-in alone."""
    residents_only(request.user)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        offer = opened(request, form)
        if offer:
            return redirect("accounts:offer", offer.public_id)
    return render(request, "acting/code.html", {"form": form, "action": _("Next")})


def opened(request: SignedInRequest, form: forms.Form) -> Invitation | None:
    """The offer behind the code; otherwise the form says why not."""
    now = timezone.now()
    if not is_among_first(CODES_A_MINUTE, what="helper", request=request, at=now):
        form.add_error("code", TOO_FAST)
        return None
    try:
        return naming.open_code(code=form.cleaned_data["code"], by=request.user, at=now)
    except AccountError as refusal:
        form.add_error("code", str(refusal))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: SignedInRequest, offer_id: str) -> HttpResponse:
    """What is offered; accept it or not."""
    mine = Invitation.objects.open(at=timezone.now()).opened_by(request.user).select_related("subject")
    found = get_object_or_404(mine, public_id=offer_id)
    if request.method != "POST":
        context = {"offer": found, "scope": pages.words(found.scope), "subject_band": found.subject.name}
        return render(request, "acting/offer.html", context)
    try:
        if request.POST.get("answer") == "yes":
            naming.accept(invitation=found, by=request.user, at=timezone.now())
            messages.success(request, _("You may help this person now."))
            return redirect("portal:person", found.subject.public_id)
        naming.decline(invitation=found, by=request.user, at=timezone.now())
        messages.success(request, _("You declined. The person is told."))
    except AccountError as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:helpers")


@require_POST
def take_back(request: SignedInRequest, offer_id: str) -> HttpResponse:
    """A code that was made shall open nothing."""
    own = Resident.objects.bound_to(request.user)
    found = get_object_or_404(Invitation, public_id=offer_id, subject__in=own)
    naming.take_back(invitation=found, by=request.user, at=timezone.now())
    messages.success(request, _("The code opens nothing any more."))
    return redirect("accounts:helpers")


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def scope(request: SignedInRequest, authority_id: str) -> HttpResponse:
    """What my helper may do, area by area."""
    own = Resident.objects.bound_to(request.user)
    helpers = Authority.objects.open().filter(subject__in=own, basis=Authority.Basis.NAMED)
    found = get_object_or_404(pages.with_people(helpers), public_id=authority_id)
    sent = request.POST if request.method == "POST" else None
    form = ScopeForm(sent, scope=pages.scope_of(found))
    questions = Questions(request, form)
    if questions.finished:
        try:
            naming.change(authority=found, chosen=form.chosen(), by=request.user, at=timezone.now())
            messages.success(request, _("Saved. Your helper is told."))
            return redirect("accounts:helpers")
        except AccountError as refusal:
            form.add_error(None, str(refusal))
    name = pages.name_of(found.agent)
    context = {
        "name": name,
        "question": _("What may %(name)s do?") % {"name": name},
        "hint": _("Whoever may not see something cannot do anything else with it."),
        "action": _("Save"),
    }
    return render(request, "acting/scope.html", context | questions.context())


@require_POST
def end_it(request: SignedInRequest, authority_id: str) -> HttpResponse:
    """End it in one step: the person their helper's, whoever acts their own."""
    own = Resident.objects.bound_to(request.user)
    helpers = Authority.objects.open().filter(subject__in=own, basis=Authority.Basis.NAMED)
    found = helpers.filter(public_id=authority_id).first()
    why = Ending.BY_SUBJECT
    if found is None:
        found = get_object_or_404(Authority.objects.given_to(request.user), public_id=authority_id)
        why = Ending.BY_AGENT
    end(found, why=why, by=request.user, at=timezone.now())
    messages.success(request, _("It is ended. Nothing can be done with it any more."))
    return redirect("accounts:helpers")
