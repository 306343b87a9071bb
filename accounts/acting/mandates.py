"""The pages on which a parent or guardian asks to act for somebody."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.acting import pages
from accounts.acting.asking import ask, asker
from accounts.acting.forms import MandateForm
from accounts.acting.household import act_for_child
from accounts.identity.views import TOO_FAST, residents_only
from accounts.limits import is_among_first
from accounts.models import Mandate, Resident
from accounts.one_by_one import Questions
from accounts.refusal import AccountError
from accounts.requests import SignedInRequest

REQUESTS_A_MINUTE = 5
AS_REGISTERED = gettext_lazy("Please write it as it stands in the resident register.")
# what is handed in, by whether a parent asks
DOCUMENT = {
    True: gettext_lazy("The document is a copy of the family register, or a court's decision."),
    False: gettext_lazy("The document is the certificate of registered guardianship, or a court's decision."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def child(request: SignedInRequest) -> HttpResponse:
    """Act for a child: by the register where it speaks, otherwise by a document."""
    residents_only(request.user)
    if request.method == "POST":
        found = get_object_or_404(Resident, public_id=request.POST.get("child", ""))
        try:
            act_for_child(child=found, by=request.user, at=timezone.now())
        except AccountError as refusal:
            messages.error(request, str(refusal))
            return redirect("accounts:child")
        messages.success(request, _("You may act for this child now."))
        return redirect("portal:person", found.public_id)
    listed = pages.children(request.user, on=timezone.localdate())
    return render(request, "acting/child.html", {"children": listed})


@require_http_methods(["GET", "HEAD", "POST"])
def mandate(request: SignedInRequest, kind: str) -> HttpResponse:
    """Whom it is about, and the document; the answer is the same whether we know such a person or not."""
    residents_only(request.user)
    if kind not in Mandate.Kind.values:
        raise Http404
    sent: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MandateForm(*sent)
    questions = Questions(request, form)
    if questions.finished:
        if refusal := asked(request, kind, form):
            form.add_error(None, refusal)
        else:
            messages.success(request, _("We have your request. The number for the counter stands below."))
            return redirect("accounts:helpers")
    parent = kind == Mandate.Kind.PARENT
    context = {
        "question": _("Who is your child?") if parent else _("For whom are you the guardian?"),
        "back_url": reverse("accounts:child" if parent else "accounts:helpers"),
        "hint": f"{AS_REGISTERED} {DOCUMENT[parent]}",
        "kind": kind,
        "action": _("Send"),
        "multipart": True,
        "why_not": why_not(request),
    }
    return render(request, "acting/mandate.html", context | questions.context())


def why_not(request: SignedInRequest) -> str:
    """Why nothing can be asked now; empty where it can."""
    try:
        asker(request.user, at=timezone.now())
    except AccountError as refusal:
        return str(refusal)
    return ""


def asked(request: SignedInRequest, kind: str, form: MandateForm) -> str:
    """Keep the request; why that was refused, or empty."""
    now = timezone.now()
    if not is_among_first(REQUESTS_A_MINUTE, what="mandate", request=request, at=now):
        return str(TOO_FAST)
    try:
        ask(kind=kind, person=form.person(), files=form.cleaned_data["papers"], by=request.user, at=now)
    except AccountError as refusal:
        return str(refusal)
    return ""
