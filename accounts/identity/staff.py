"""The pages on which staff print letters, and decide whose a sign-in is."""

from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.identity import deciding, pages
from accounts.identity.forms import ProposalForm
from accounts.identity.letters import print_letters, require_some
from accounts.models import Claim
from accounts.models.claims import ClaimQuerySet
from accounts.proposals import answers
from accounts.proposals.forms import SendBackForm
from accounts.refusal import AccountError
from accounts.requests import SignedInRequest
from accounts.rights import right_required
from accounts.subjects import is_own_affair


@require_GET
@right_required("identity.view")
def listing(request: SignedInRequest) -> HttpResponse:
    """What waits, and the way to one request by its number."""
    form = answers.sought(request, Claim.objects.all(), page="identity:claim")
    if isinstance(form, HttpResponse):
        return form
    return render(request, "identity/list.html", pages.waiting(request.user) | {"form": form})


@require_POST
@right_required("identity.work")
def print_waiting(request: SignedInRequest) -> HttpResponse:
    """The letters that wait, for the posting office."""
    return printed(request, Claim.objects.to_post())


@require_POST
@right_required("identity.work")
def print_again(request: SignedInRequest, claim_id: str) -> HttpResponse:
    """One letter with another code: the paper before it is void."""
    claim = get_object_or_404(Claim.objects.posted(), public_id=claim_id)
    return printed(request, Claim.objects.posted().filter(pk=claim.pk))


def printed(request: SignedInRequest, claims: ClaimQuerySet) -> HttpResponse:
    """The PDF; back to the list where no letter is in it."""
    try:
        pdf = require_some(print_letters(claims=claims, by=request.user, at=timezone.now()))
    except AccountError as refusal:
        messages.error(request, str(refusal))
        return redirect("identity:list")
    name = {"Content-Disposition": 'attachment; filename="letters.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=name)


@require_GET
@right_required("identity.view")
def claim(request: SignedInRequest, claim_id: str) -> HttpResponse:
    """One request, with whom it may be, or both sides of a dispute."""
    return page(request, find(request, claim_id))


@require_POST
@right_required("identity.work")
def propose(request: SignedInRequest, claim_id: str) -> HttpResponse:
    """Propose what to do with it; a second person decides."""
    found = find(request, claim_id)
    form = ProposalForm(request.POST, people=[who for who, _comparison in pages.people(found)])
    act = partial(deciding.propose, claim=found, by=request.user, at=timezone.now())
    return answers.proposed(request, form, act, back=back_to(found)) or page(request, found, form)


@require_POST
@right_required("identity.approve")
def approve(request: SignedInRequest, claim_id: str) -> HttpResponse:
    """Do what a colleague proposed."""
    found = find(request, claim_id)
    act = partial(deciding.approve, claim=found, by=request.user, at=timezone.now())
    return answers.approved(request, act, back=back_to(found))


@require_POST
@right_required("identity.approve")
def send_back(request: SignedInRequest, claim_id: str) -> HttpResponse:
    """Send the proposal back with a reason."""
    found, form = find(request, claim_id), SendBackForm(request.POST)
    act = partial(deciding.send_back, claim=found, by=request.user, at=timezone.now())
    return answers.sent_back(request, form, act, back=back_to(found)) or page(request, found, back=form)


def page(
    request: SignedInRequest,
    found: Claim,
    form: forms.Form | None = None,
    back: forms.Form | None = None,
) -> HttpResponse:
    """The claim's page; everyone on it gets a row in the trail."""
    compared = pages.people(found)
    people = [who for who, _comparison in compared]
    deciding.look(found, people, by=request.user, at=timezone.now())
    context = pages.page(found, request.user, compared)
    context |= {"form": form or ProposalForm(people=people), "back": back or SendBackForm()}
    return render(request, "identity/claim.html", context)


def find(request: SignedInRequest, claim_id: str) -> Claim:
    """A claim of anybody else; 403 where it is one's own affair."""
    everything = Claim.objects.select_related("user", "resident", "against__user")
    found = get_object_or_404(everything, public_id=claim_id)
    own = found.resident_id and is_own_affair(request.user, found.resident_id, on=timezone.localdate())
    if own or found.user_id == request.user.pk:
        raise PermissionDenied(deciding.OWN_AFFAIR)
    return found


def back_to(found: Claim) -> str:
    """The page of this claim."""
    return reverse("identity:claim", args=[found.public_id])
