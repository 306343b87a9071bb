"""The pages on which staff check documents, and decide who may act for whom."""

from functools import partial

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.acting import deciding, pages
from accounts.acting.forms import ProposalForm
from accounts.files.serving import answer
from accounts.models import Mandate
from accounts.proposals import answers
from accounts.proposals.forms import SendBackForm
from accounts.requests import SignedInRequest
from accounts.rights import right_required


@require_GET
@right_required("identity.view")
def listing(request: SignedInRequest) -> HttpResponse:
    """What waits, and the way to one request by its number."""
    form = answers.sought(request, Mandate.objects.all(), page="acting:mandate")
    if isinstance(form, HttpResponse):
        return form
    context = {"form": form, "may_work": request.user.may("identity.work")}
    return render(request, "acting/list.html", pages.waiting() | context)


@require_GET
@right_required("identity.view")
def mandate(request: SignedInRequest, mandate_id: str) -> HttpResponse:
    """One request, with whom it may be about, and what was handed in."""
    return page(request, find(request, mandate_id))


@require_GET
@right_required("identity.view")
def paper(request: SignedInRequest, mandate_id: str, place: int) -> HttpResponse:
    """One paper that was handed in."""
    found = find(request, mandate_id)
    wanted = get_object_or_404(found.papers.select_related("file"), place=place)
    content = deciding.open_paper(paper=wanted, by=request.user, at=timezone.now())
    return answer(wanted.file, content, name=f"{found.number}-{place}")


@require_POST
@right_required("identity.work")
def propose(request: SignedInRequest, mandate_id: str) -> HttpResponse:
    """Propose what to do with it; a second person decides."""
    found = find(request, mandate_id)
    people = [who for who, _comparison in pages.people(found)]
    form = ProposalForm(request.POST, people=people, mandate=found)
    act = partial(deciding.propose, mandate=found, by=request.user, at=timezone.now())
    return answers.proposed(request, form, act, back=back_to(found)) or page(request, found, form)


@require_POST
@right_required("identity.approve")
def approve(request: SignedInRequest, mandate_id: str) -> HttpResponse:
    """Do what a colleague proposed."""
    found = find(request, mandate_id)
    act = partial(deciding.approve, mandate=found, by=request.user, at=timezone.now())
    return answers.approved(request, act, back=back_to(found))


@require_POST
@right_required("identity.approve")
def send_back(request: SignedInRequest, mandate_id: str) -> HttpResponse:
    """Send the proposal back with a reason."""
    found, form = find(request, mandate_id), SendBackForm(request.POST)
    act = partial(deciding.send_back, mandate=found, by=request.user, at=timezone.now())
    return answers.sent_back(request, form, act, back=back_to(found)) or page(request, found, back=form)


def page(
    request: SignedInRequest, found: Mandate, form: forms.Form | None = None, back: forms.Form | None = None
) -> HttpResponse:
    """The mandate's page; everyone on it gets a row in the trail."""
    compared = pages.people(found)
    people = [who for who, _comparison in compared]
    context = pages.page(found, request.user, compared)
    seen = people + ([context["asker"]] if context["asker"] else [])
    deciding.look(found, seen, by=request.user, at=timezone.now())
    context["form"] = form or ProposalForm(people=people, mandate=found)
    return render(request, "acting/mandate_staff.html", context | {"back": back or SendBackForm()})


def find(request: SignedInRequest, mandate_id: str) -> Mandate:
    """A mandate of anybody else; 403 where it is one's own."""
    found = get_object_or_404(Mandate.objects.select_related("user"), public_id=mandate_id)
    if found.user_id == request.user.pk:
        raise PermissionDenied(deciding.OWN_AFFAIR)
    return found


def back_to(found: Mandate) -> str:
    """The page of this mandate."""
    return reverse("acting:mandate", args=[found.public_id])
