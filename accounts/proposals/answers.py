"""How staff's pages answer when something is sought, proposed, approved or sent back."""

from collections.abc import Callable
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.proposals.forms import FindForm
from accounts.proposals.words import PROPOSED, WENT_BACK
from accounts.refusal import AccountError
from accounts.requests import SignedInRequest

Act = Callable[..., Any]


class Decided(Protocol):
    """A request that says in words what became of it."""

    def get_state_display(self) -> str:
        """Its state, for people."""


def sought(request: SignedInRequest, among: "models.QuerySet[Any]", *, page: str) -> FindForm | HttpResponse:
    """The way to the request whose number was given, or the form in which one is given."""
    form = FindForm(request.GET or None)
    if form.is_bound and form.is_valid():
        found = among.filter(number=form.cleaned_data["number"]).first()
        if found:
            return redirect(page, found.public_id)
        form.add_error("number", _("There is no request with this number."))
    return form


def proposed(request: SignedInRequest, form: forms.Form, act: Act, *, back: str) -> HttpResponse | None:
    """Back to the page of the request; None where the form has to be filled in once more."""
    if not form.is_valid():
        return None
    try:
        act(**form.cleaned_data)
    except AccountError as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, PROPOSED)
    return redirect(back)


def approved(request: SignedInRequest, act: Callable[[], Decided], *, back: str) -> HttpResponse:
    """Back to the page, which says what became of it or why nothing did."""
    return done(request, act, lambda ended: _("Done: %(state)s") % {"state": ended.get_state_display()}, back)


def sent_back(request: SignedInRequest, form: forms.Form, act: Act, *, back: str) -> HttpResponse | None:
    """Back to the page; None where no reason was given."""
    if not form.is_valid():
        return None
    return done(request, lambda: act(**form.cleaned_data), lambda _ended: str(WENT_BACK), back)


def done(
    request: SignedInRequest, act: Callable[[], Any], words: Callable[[Any], str], back: str
) -> HttpResponse:
    """Do it, say so or why not, and lead back."""
    try:
        messages.success(request, words(act()))
    except AccountError as refusal:
        messages.error(request, str(refusal))
    return redirect(back)
