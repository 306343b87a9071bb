"""The pages on which staff look somebody up."""

from functools import partial

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from accounts.models import Resident
from accounts.proposals.answers import done
from accounts.protection import clearing, deciding
from accounts.protection.forms import SeekForm
from accounts.requests import SignedInRequest
from accounts.rights import right_required
from accounts.subjects import is_own_affair
from portal.lookup.forms import AskForm, PurposeForm
from portal.lookup.pages import page

ASKED = _("A second person was asked. Once they let you, you may look for half an hour.")


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("residents.look")
@never_cache
def seek(request: SignedInRequest) -> HttpResponse:
    """Find a person by name and day of birth; whoever was found reads that in their trail."""
    form = SeekForm(request.POST if request.method == "POST" else None)
    found = form.found() if form.is_bound and form.is_valid() else None
    if found:
        deciding.look(found, verb="person.sought", by=request.user, at=timezone.now())
    return render(request, "lookup/seek.html", {"form": form, "found": found})


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("residents.look")
@never_cache
def person(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """The person, once a purpose was chosen; somebody under protection after a second person let one."""
    resident, now = find(request, resident_id), timezone.now()
    form = PurposeForm(request.POST if request.method == "POST" else None)
    cleared = clearing.is_cleared(resident, by=request.user, at=now)
    context = {"resident": resident, "form": form, "cleared": cleared, "ask_form": AskForm(auto_id="ask_%s")}
    if cleared and form.is_bound and form.is_valid():
        purpose = form.cleaned_data["purpose"]
        clearing.require(resident, by=request.user, at=now)
        audit.record(
            "person.looked_up", by=request.user, at=now, resident=resident, purpose=purpose, on_behalf=False
        )
        context |= page(resident, today=timezone.localdate(now)) | {"purpose": purpose}
    return render(request, "lookup/person.html", context)


@require_POST
@right_required("residents.look")
def ask(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """Ask a second person to be allowed to look at somebody under protection."""
    resident, form = find(request, resident_id), AskForm(request.POST, auto_id="ask_%s")
    if not form.is_valid():
        return ask_again(request, resident, form)
    act = partial(clearing.ask, resident=resident, **form.cleaned_data, by=request.user, at=timezone.now())
    back = reverse("lookup:person", args=[resident_id])
    return done(request, act, lambda _done: str(ASKED), back)


def ask_again(request: SignedInRequest, resident: Resident, form: forms.Form) -> HttpResponse:
    """The page with what is still missing."""
    cleared = clearing.is_cleared(resident, by=request.user, at=timezone.now())
    context = {"resident": resident, "form": PurposeForm(), "cleared": cleared, "ask_form": form}
    return render(request, "lookup/person.html", context)


def find(request: SignedInRequest, resident_id: str) -> Resident:
    """Anybody else of the register; 403 where it is one's own affair."""
    resident = get_object_or_404(Resident, public_id=resident_id)
    if is_own_affair(request.user, resident.pk, on=timezone.localdate()):
        raise PermissionDenied(deciding.OWN_AFFAIR)
    return resident
