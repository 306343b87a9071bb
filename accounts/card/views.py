"""To the provider and back; connecting a card with one's sign-in, and taking it off."""

import logging
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.actions import disconnect_card
from accounts.card import client, flow
from accounts.card.persons import is_same_person, on_the_card
from accounts.card.problems import CardError, Reason
from accounts.identity.by_card import prove_by_card
from accounts.identity.views import residents_only
from accounts.limits import is_among_first
from accounts.models import Card, Resident, User
from accounts.refusal import AccountError
from accounts.requests import SignedInRequest

logger = logging.getLogger(__name__)
TRIES_A_MINUTE = 20
SIGN_IN, CONNECT = "sign_in", "connect"


@require_GET
@never_cache
@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """Off to the provider, to sign in."""
    if request.user.is_authenticated:
        return redirect("portal:home")
    return to_the_provider(request, SIGN_IN)


@require_GET
@never_cache
@reauthentication_required
def connect(request: SignedInRequest) -> HttpResponse:
    """What will happen; from here a link leads on, for a form may not be led to another site."""
    residents_only(request.user)
    if not client.is_offered():
        raise Http404
    return render(request, "accounts/card_connect.html")


@require_GET
@never_cache
@reauthentication_required
def connect_go(request: SignedInRequest) -> HttpResponse:
    """Off to the provider, to connect the card with one's own sign-in."""
    residents_only(request.user)
    return to_the_provider(request, CONNECT)


@require_GET
@never_cache
@login_not_required
def back(request: HttpRequest) -> HttpResponse:
    """The browser is back from the provider: whoever is proven is let in, or gets the card connected."""
    if not client.is_offered():
        raise Http404
    try:
        within_limits(request)
        purpose, holder = flow.finish(request.session, request.GET, at=timezone.now().timestamp())
        return connected(request, holder) if purpose == CONNECT else let_in(request, holder)
    except CardError as problem:
        return refused(request, problem)


@require_POST
@reauthentication_required
def forget(request: SignedInRequest) -> HttpResponse:
    """The card opens this sign-in no more."""
    card = get_object_or_404(Card, user=request.user)
    disconnect_card(card=card, session_key=request.session.session_key, by=request.user, at=timezone.now())
    messages.success(request, _("The card opens your sign-in no more."))
    return redirect("mfa_index")


def to_the_provider(request: HttpRequest, purpose: str) -> HttpResponse:
    """The redirect, or why there is none."""
    if not client.is_offered():
        raise Http404
    try:
        within_limits(request)
        at = timezone.now().timestamp()
        return HttpResponseRedirect(flow.begin(request.session, purpose=purpose, at=at))
    except CardError as problem:
        return refused(request, problem)


def within_limits(request: HttpRequest) -> None:
    """CardError for the next try of an address that tried too often in this minute."""
    if not is_among_first(TRIES_A_MINUTE, what="card", request=request, at=timezone.now()):
        raise CardError(Reason.TOO_OFTEN, "limit")


def let_in(request: HttpRequest, holder: flow.Holder) -> HttpResponse:
    """Sign in whoever the card is connected with; everybody else gets the page of those we do not know."""
    card = Card.objects.filter(issuer=holder.issuer, subject=holder.subject).select_related("user").first()
    if card is None:
        return render(request, "portal/unbound.html")
    resident = Resident.objects.behind(card.user).first()
    if resident is None or not is_same_person(resident, holder.claims):
        raise CardError(Reason.SOMEBODY_ELSE, "person")
    record_authentication(request, card.user, "card")
    response: HttpResponse = perform_login(request, card.user)
    return response


def connected(request: HttpRequest, holder: flow.Holder) -> HttpResponse:
    """The card proves whose the sign-in is, or that it still is, and opens it from now on."""
    user: Any = request.user
    if not isinstance(user, User) or user.works_here:
        raise CardError(Reason.SOMEBODY_ELSE, "person")
    resident = Resident.objects.behind(user).first()
    if resident and not is_same_person(resident, holder.claims):
        raise CardError(Reason.SOMEBODY_ELSE, "person")
    try:
        known = prove_by_card(
            whose=(holder.issuer, holder.subject),
            claims=on_the_card(holder.claims),
            session_key=request.session.session_key,
            by=user,
            at=timezone.now(),
        )
    except AccountError:
        raise CardError(Reason.TAKEN, "taken") from None
    if not known:
        return redirect("accounts:identity")
    messages.success(request, _("From now on you can sign in with your card."))
    return redirect("mfa_index" if resident else "portal:home")


def refused(request: HttpRequest, problem: CardError) -> HttpResponse:
    """Why it did not come about; which check failed is for the log, and nothing of the person is."""
    logger.warning("A sign-in with the card did not come about: %s (%s)", problem.reason.value, problem.check)
    status = {Reason.TOO_OFTEN: 429, Reason.AWAY: 503}.get(problem.reason, 400)
    return render(request, "accounts/card_refused.html", {"words": problem.reason.words}, status=status)
