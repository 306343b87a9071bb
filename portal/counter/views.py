"""The pages of counter mode: whose data it is stands on each, and nothing is left once the visit is over."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.refusal import AccountError
from accounts.requests import SignedInRequest
from accounts.rights import right_required
from certificates.refusal import CertificateError
from portal.counter import filing, visits
from portal.counter.forms import ApplicationForm, ReportForm
from portal.lookup.views import find

FORMS: dict[str, Callable[..., forms.Form]] = {
    "report": ReportForm,
    "application": ApplicationForm,
}
TITLES = {
    "report": _("Report a problem"),
    "application": _("Apply for the fallback certificate"),
}
PROVE = _("Please prove once more that it is you. Then send it.")


@require_POST
@right_required("residents.look")
def begin(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """Begin with this person."""
    resident = find(request, resident_id)
    try:
        visits.begin(request, resident, at=timezone.now())
    except AccountError as refusal:
        messages.error(request, str(refusal))
        return redirect("lookup:person", resident_id)
    return redirect("counter:visit")


@require_GET
@right_required("residents.look")
@never_cache
def visit(request: SignedInRequest) -> HttpResponse:
    """What the person wants."""
    found = visits.current(request)
    return shown(request, found, "counter/visit.html", titles=TITLES.items()) if found else left(request)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("residents.look")
@never_cache
def fill_in(request: SignedInRequest, what: str) -> HttpResponse:
    """The form of a report or an application, with what was filled in before."""
    if what not in FORMS:
        raise Http404
    found = visits.current(request)
    if found is None:
        return left(request)
    begun = found.answers if found.what == what else None
    form = form_of(found, what, data=request.POST if request.method == "POST" else None, initial=begun)
    if form.is_bound and form.is_valid():
        visits.keep(request, what, form.cleaned_data)
        return redirect("counter:check")
    return shown(request, found, "counter/fill_in.html", form=form, title=TITLES[what])


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("residents.look")
@never_cache
def check(request: SignedInRequest) -> HttpResponse:
    """Everything once more, read together; sent only after the member of staff proved who they are."""
    found = visits.current(request)
    if found is None:
        return left(request)
    if not found.what:
        return redirect("counter:visit")
    if request.method == "POST":
        return send(request, found) if visits.was_proven(request, found) else prove(request)
    rows = answers(form_of(found, found.what, data=found.answers))
    return shown(request, found, "counter/check.html", rows=rows, title=TITLES[found.what])


def send(request: SignedInRequest, found: visits.Visit) -> HttpResponse:
    """Send it, and end the visit in the same moment."""
    try:
        number = filing.send(found, by=request.user, at=timezone.now())
    except (AccountError, CertificateError) as refusal:
        messages.error(request, str(refusal))
        return redirect("counter:check")
    visits.end(request)
    return without_traces(render(request, "counter/over.html", {"number": number}))


def prove(request: SignedInRequest) -> HttpResponse:
    """Ask for the proof, and lead back; who has nothing to prove it by signs in anew."""
    back = urlencode({"next": reverse("counter:check")})
    if not get_adapter().get_reauthentication_methods(request.user):
        return redirect(f"{reverse('account_login')}?{back}")
    messages.info(request, str(PROVE))
    return redirect(f"{reverse('account_reauthenticate')}?{back}")


@require_POST
@right_required("residents.look")
def end(request: SignedInRequest) -> HttpResponse:
    """The person leaves without sending anything."""
    visits.end(request)
    return redirect("counter:over")


@require_GET
@right_required("residents.look")
@never_cache
def over(request: SignedInRequest) -> HttpResponse:
    """The visit is over: nothing of it is left in this session, or in the browser's store."""
    return left(request)


def left(request: SignedInRequest) -> HttpResponse:
    """Forget the visit, and say so."""
    visits.end(request)
    return without_traces(render(request, "counter/over.html", {"number": ""}))


def without_traces(response: HttpResponse) -> HttpResponse:
    """Have the browser forget the pages that it kept."""
    response["Clear-Site-Data"] = '"cache"'
    return response


def form_of(found: visits.Visit, what: str, **settings: Any) -> forms.Form:
    """The form; that of a report knows the person's records."""
    known = {"resident": found.resident} if what == "report" else {}
    return FORMS[what](**known, **settings)


def shown(request: SignedInRequest, found: visits.Visit, template: str, **context: Any) -> HttpResponse:
    """A page with the person's name at its top, which leads away by itself: the next visitor may be there."""
    band = {"resident": found.resident, "subject_band": found.resident.name}
    response = render(request, template, context | band)
    response["Refresh"] = f"{int(visits.IDLE.total_seconds())};url={reverse('counter:over')}"
    return response


def answers(form: forms.Form) -> list[dict[str, str]]:
    """The questions with their answers in words; empty ones left out."""
    rows = []
    for field in form:
        choices = dict(getattr(field.field, "choices", ()))
        if value := form.data.get(field.name):
            rows.append({"key": str(field.label), "value": str(choices.get(value, value))})
    return rows
