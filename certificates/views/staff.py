"""The insurers' queue: applications, oldest promise first, decided by a person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Resident
from accounts.proposals.words import PROPOSED
from accounts.protection.clearing import SECOND_PERSON
from accounts.requests import SignedInRequest
from accounts.rights import right_required
from accounts.subjects import is_own_affair
from certificates import actions
from certificates.forms import LetterBackForm, ReturnForm
from certificates.models import Application, Certificate
from certificates.refusal import CertificateError
from certificates.views import evidence

ROWS = 50


@require_GET
@right_required("certificates.view")
def queue(request: SignedInRequest) -> HttpResponse:
    """Applications that wait, the one whose promise ends next first."""
    today = timezone.localdate()
    hidden = Exists(Resident.objects.covered(on=today).filter(pk=OuterRef("resident")))
    waiting = Application.objects.within(request.user).open().select_related("resident", "link__institution")
    listed = waiting.annotate(places_hidden=hidden).order_by("next_step_by", "id")  # type: ignore[no-redef]
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    may_issue = request.user.may("certificates.issue")
    printing = Certificate.objects.within(request.user).to_be_printed().select_related("application")
    context = {
        "page": page,
        "today": today,
        "may_issue": may_issue,
        "printing": printing.order_by("issued_on", "pk")[:ROWS],
    }
    return render(request, "certificates/queue.html", context)


@require_GET
@right_required("certificates.view")
def review(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One application with the facts as known and as stated."""
    return page(request, find(request, public_id), ReturnForm())


@require_POST
@right_required("certificates.issue")
def propose(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The first of two people finds that it can be issued."""
    application = find_to_decide(request, public_id)
    try:
        actions.propose(application=application, by=request.user, at=timezone.now())
        messages.success(request, PROPOSED)
    except CertificateError as refusal:
        messages.error(request, str(refusal))
    return redirect("certificates:review", public_id)


@require_POST
@right_required("certificates.issue")
def issue(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Issue what was applied for."""
    application = find_to_decide(request, public_id)
    try:
        actions.issue(application=application, by=request.user, at=timezone.now())
        messages.success(request, actions.ISSUED)
    except CertificateError as refusal:
        messages.error(request, str(refusal))
    return redirect("certificates:review", public_id)


@require_POST
@right_required("certificates.issue")
def send_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Return an application with a reason."""
    application, form = find(request, public_id), ReturnForm(request.POST)
    if not form.is_valid():
        return page(request, application, form)
    try:
        reason, now = form.cleaned_data["reason"], timezone.now()
        actions.return_application(application=application, reason=reason, by=request.user, at=now)
        messages.success(request, actions.SENT_BACK)
    except CertificateError as refusal:
        messages.error(request, str(refusal))
    return redirect("certificates:review", public_id)


@require_GET
@right_required("certificates.issue")
def letter(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Address sheet and paper, to be printed and posted."""
    found = issued_of(find_to_decide(request, public_id))
    try:
        pdf = actions.print_letter(certificate=found, by=request.user, at=timezone.now())
    except CertificateError as refusal:
        messages.error(request, str(refusal))
        return redirect("certificates:review", public_id)
    disposition = f'attachment; filename="{found.number}-letter.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": disposition})


@require_POST
@right_required("certificates.issue")
def end(request: SignedInRequest, public_id: str, why: str) -> HttpResponse:
    """The paper was given back, or its letter came back."""
    found = issued_of(find(request, public_id))
    if why not in (Certificate.Revocation.RETURNED, Certificate.Revocation.LETTER_BACK):
        raise Http404
    try:
        reason, now = Certificate.Revocation(why), timezone.now()
        actions.revoke(certificate=found, why=reason, by=request.user, at=now)
        messages.success(request, actions.ENDED)
    except CertificateError as refusal:
        messages.error(request, str(refusal))
    return redirect("certificates:review", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("certificates.issue")
def letter_back(request: SignedInRequest) -> HttpResponse:
    """A letter came back: its certificate ends, whichever way it was issued."""
    form = LetterBackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.take_letter_back(number=form.cleaned_data["number"], by=request.user, at=timezone.now())
            messages.success(request, actions.ENDED)
            return redirect("certificates:letter_back")
        except CertificateError as refusal:
            form.add_error("number", str(refusal))
    return render(request, "certificates/letter_back.html", {"form": form})


def issued_of(application: Application) -> Certificate:
    """The certificate that came of an application; 404 where there is none."""
    certificate: Certificate | None = getattr(application, "certificate", None)
    if certificate is None:
        raise Http404
    return certificate


def page(request: SignedInRequest, application: Application, form: ReturnForm) -> HttpResponse:
    """The application with everything that a decision needs; that it was looked at is recorded."""
    actions.look_at(application=application, by=request.user, at=timezone.now())
    context = evidence.page(application, request.user) | {"form": form}
    return render(request, "certificates/review.html", context)


def find_to_decide(request: SignedInRequest, public_id: str) -> Application:
    """The same for whoever decides or prints: 403 where the person is protected and nobody let them look."""
    application, now = find(request, public_id), timezone.now()
    if evidence.look_at(application, request.user, at=now).hidden:
        raise PermissionDenied(SECOND_PERSON)
    return application


def find(request: SignedInRequest, public_id: str) -> Application:
    """An application of anybody else, for staff; 403 where it is one's own affair."""
    everything = Application.objects.within(request.user).select_related(
        "resident", "link__institution", "applicant", "proposed_by", "decided_by", "certificate"
    )
    application = get_object_or_404(everything, public_id=public_id)
    if is_own_affair(request.user, application.resident_id, on=timezone.localdate()):
        raise PermissionDenied(actions.OWN_AFFAIR)
    return application
