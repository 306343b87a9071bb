"""The pages on which staff hide where somebody lives, and end that."""

from collections.abc import Callable
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Clearance, Protection, Resident
from accounts.proposals import answers
from accounts.protection import clearing, deciding
from accounts.protection.forms import AskForm, ReasonForm, SeekForm
from accounts.requests import SignedInRequest
from accounts.rights import right_required
from accounts.subjects import is_own_affair

ROWS = 50
DECISIONS: dict[str, Callable[..., Protection]] = {
    "confirm": deciding.confirm,
    "lift": deciding.lift,
    "keep": deciding.keep,
}
DONE = {
    "set": _("From now on nobody else sees where this person lives. A second person has to confirm it."),
    "confirm": _("You confirmed it."),
    "propose": _("The proposal waits for a second person. Until then everything stays hidden."),
    "lift": _("The protection has ended."),
    "keep": _("The protection stays."),
}

ASKED = _("A second person was asked. Once they agree, the page shows the places for half an hour.")
ANSWERS: dict[str, tuple[Callable[..., Clearance], Promise]] = {
    "let": (clearing.let, _("Your colleague may look for half an hour.")),
    "refuse": (clearing.refuse, _("Your colleague may not look.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("protection.work")
def listing(request: SignedInRequest) -> HttpResponse:
    """What waits for a second person, and the way to a person: who is protected is listed nowhere."""
    form = SeekForm(request.POST if request.method == "POST" else None)
    found = form.found() if form.is_bound and form.is_valid() else None
    if found:
        deciding.look(found, verb="person.sought", by=request.user, at=timezone.now())
    waiting = Protection.objects.for_second().select_related("resident")
    looks = Clearance.objects.waiting(at=timezone.now()).select_related("resident")[:ROWS]
    listed = list(waiting[:ROWS])
    context = {
        "form": form,
        "found": found,
        "waiting": listed,
        "looks": looks,
        "waits": len(listed) + len(looks),
    }
    return render(request, "protection/list.html", context)


@require_POST
@right_required("protection.approve")
def answer(request: SignedInRequest, clearance_id: str, name: str) -> HttpResponse:
    """Let a colleague look at the person, or not."""
    if name not in ANSWERS:
        raise Http404
    clearance = get_object_or_404(Clearance.objects.select_related("resident"), public_id=clearance_id)
    act, words = ANSWERS[name]
    do = partial(act, clearance=clearance, by=request.user, at=timezone.now())
    back = reverse("protection:person", args=[clearance.resident.public_id])
    return answers.done(request, do, lambda _done: str(words), back)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("protection.look")
def ask(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """Ask a second person to let one look, and go back to where one was."""
    resident = find(request, resident_id)
    form = AskForm(
        request.POST if request.method == "POST" else None, initial={"back": request.GET.get("back")}
    )
    back = way_back(request, form["back"].value())
    if form.is_bound and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("purpose", "reason")}
        do = partial(clearing.ask, resident=resident, **told, by=request.user, at=timezone.now())
        return answers.done(request, do, lambda _asked: str(ASKED), back)
    return render(request, "protection/ask.html", {"form": form, "back": back})


def way_back(request: SignedInRequest, page: str | None) -> str:
    """That page where it is one of ours, otherwise the start."""
    ours = url_has_allowed_host_and_scheme(
        page or "", {request.get_host()}, require_https=request.is_secure()
    )
    return page if page and ours else "/"


@require_GET
@right_required("protection.work")
def person(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """Whether this person is under protection, and what can be done about it."""
    return page(request, find(request, resident_id), ReasonForm())


@require_POST
@right_required("protection.work")
def step(request: SignedInRequest, resident_id: str, name: str) -> HttpResponse:
    """Set it, confirm it, propose its end, end it or keep it."""
    if name not in DONE:
        raise Http404
    resident, form = find(request, resident_id), ReasonForm(request.POST)
    if name not in DECISIONS and not form.is_valid():
        return page(request, resident, form)
    back = reverse("protection:person", args=[resident_id])
    return answers.done(
        request, lambda: act(request, resident, name, form), lambda _done: str(DONE[name]), back
    )


def act(request: SignedInRequest, resident: Resident, name: str, form: ReasonForm) -> None:
    """Do that one step."""
    at, by = timezone.now(), request.user
    if name == "set":
        deciding.protect(resident=resident, reason=form.cleaned_data["reason"], by=by, at=at)
        return
    protection = get_object_or_404(Protection.objects.standing(), resident=resident)
    if name == "propose":
        deciding.propose_lifting(protection=protection, reason=form.cleaned_data["reason"], by=by, at=at)
    else:
        DECISIONS[name](protection=protection, by=by, at=at)


def page(request: SignedInRequest, resident: Resident, form: ReasonForm) -> HttpResponse:
    """The person's page; that it was looked at is recorded."""
    deciding.look([resident], verb="protection.viewed", by=request.user, at=timezone.now())
    found = (
        Protection.objects.standing().filter(resident=resident).select_related("set_by", "lift_by").first()
    )
    decides = request.user.may("protection.approve")
    looks = resident.clearances.waiting(at=timezone.now()).exclude(proposed_by=request.user)
    context = {
        "resident": resident,
        "looks": looks.select_related("proposed_by") if decides else [],
        "protection": found,
        "form": form,
        "may_confirm": found and decides and not found.confirmed_at and found.set_by_id != request.user.pk,
        "may_lift": found and decides and found.lift_at and found.lift_by_id != request.user.pk,
    }
    return render(request, "protection/person.html", context)


def find(request: SignedInRequest, resident_id: str) -> Resident:
    """Anybody else of the register; 403 where it is one's own affair."""
    resident = get_object_or_404(Resident, public_id=resident_id, died_on=None)
    if is_own_affair(request.user, resident.pk, on=timezone.localdate()):
        raise PermissionDenied(deciding.OWN_AFFAIR)
    return resident
