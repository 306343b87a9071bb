"""“This is mine” about a record that the check stopped."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.display import chosen_language, is_simple
from accounts.requests import SignedInRequest
from links import actions as links
from links.models import Link
from reports import actions, knowledge
from reports.actions.claiming import check, proof_of
from reports.forms import DigitsForm
from reports.kinds import MOST_TRIES
from reports.models import Report
from reports.views.scope import first_report, framed, reportable

ASK_STAFF = _("Do you want our staff to check whether this record is yours?")
SEND, ASK = _("Send"), _("Yes, please check it")
NOT_SHOWN = _("You find it on your own book, card or letter. We do not show it here. Tries left: %(left)s")
STAFF_DECIDE = _("The record stays stopped until two members of our staff decide. We tell you by mail.")
WRONG = _("These digits do not agree. Please look at your book, card or letter, and try again.")
OUT_OF_TRIES = _("The digits did not agree three times. Our staff will check it with you.")


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: SignedInRequest, link_id: str) -> HttpResponse:
    """Ask for what the holder knows, three times at most; then it is for staff."""
    link = reportable(request, link_id)
    first = first_report(link)
    if first:
        return redirect(first)
    try:
        check(link, by=request.user)
        form = form_about(link, request.POST if request.method == "POST" else None)
        report = claimed(request, link, form) if form.is_bound and form.is_valid() else None
    except actions.ReportError as refusal:
        messages.error(request, str(refusal))
        return redirect(link)
    if report:
        return redirect("reports:sent", report.public_id)
    links.view(link=link, by=request.user, at=timezone.now())
    return render(request, "reports/mine.html", framed(request, link) | page(link, form))


def form_about(link: Link, data: QueryDict | None) -> forms.Form:
    """The question about the record; without a field where nothing can be asked, or not any more."""
    question = knowledge.question(link)
    if question is None or proof_of(link).is_over:
        return forms.Form(data)
    form = DigitsForm(data)
    form.fields["digits"].label = str(question)
    form.fields["digits"].help_text = NOT_SHOWN % {"left": left(link)}
    return form


def claimed(request: SignedInRequest, link: Link, form: forms.Form) -> Report | None:
    """The case for staff; None, with the error in the form, where the digits were wrong."""
    report = actions.claim(
        link=link,
        digits=form.cleaned_data.get("digits", ""),
        language=chosen_language(request),
        simple=is_simple(request),
        by=request.user,
        at=timezone.now(),
    )
    if report is None:
        form.add_error("digits", str(WRONG))
        form["digits"].help_text = NOT_SHOWN % {"left": left(link)}
    elif "digits" in form.fields and proof_of(link).proven_at is None:
        messages.info(request, OUT_OF_TRIES)
    return report


def left(link: Link) -> int:
    """How many tries are left."""
    return MOST_TRIES - proof_of(link).tries


def page(link: Link, form: forms.Form) -> dict[str, Any]:
    """What templates/question.html needs besides."""
    asked: dict[str, Any] = {"question": ASK_STAFF, "title": ASK_STAFF, "action": ASK}
    if form.fields:
        asked = {"form": form, "title": knowledge.question(link), "action": SEND}
    return asked | {"link": link, "assurance": STAFF_DECIDE, "back_url": link.get_absolute_url()}
