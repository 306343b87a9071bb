"""From three questions to a certificate, for oneself and for those one acts for."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import gates
from accounts.models import Binding, Resident
from accounts.requests import SignedInRequest
from accounts.scopes import Area, Deed
from accounts.subjects import band, subject_or_404
from certificates import actions, answers
from certificates.eligibility import verdict as verdict_of
from certificates.forms import QuestionForm
from certificates.known import insurance_of, known_of
from certificates.models import Application, Certificate, Draft
from certificates.refusal import CertificateError
from certificates.views import pages


@require_GET
def start(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """What the certificate is, what the person already has, and the way to the questions."""
    resident = subject(request, resident_id)
    actions.look_into(resident=resident, by=request.user, at=timezone.now())
    context = pages.standing(resident) | {"for_several": bool(pages.others(request.user, resident))}
    context |= {"resident": resident, "subject_band": band(request.user, resident)}
    return render(request, "certificates/start.html", context)


@require_GET
def declaration(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """The declaration of insured status (被保険者資格申立書) to print, and what to say at the clinic."""
    resident = subject(request, resident_id)
    actions.look_into(resident=resident, by=request.user, at=timezone.now())
    own = Binding.objects.current().filter(user=request.user, resident=resident).exists()
    context = pages.declaration(resident, own=own) | {"subject_band": band(request.user, resident)}
    return render(request, "certificates/declaration.html", context)


@require_http_methods(["GET", "POST"])
def question(request: SignedInRequest, resident_id: str, step: str) -> HttpResponse:
    """One question; its answer is kept on the server, the next question or the verdict follows."""
    resident, draft = subject_and_draft(request, resident_id)
    known = known_of(resident, insurance_of(resident), today=timezone.localdate())
    asked = asked_among(step, known, draft.answers)
    if step not in asked:
        return redirect("certificates:start", resident_id)
    sent = request.POST if request.method == "POST" else None
    form = QuestionForm(sent, step=step, initial={"answer": draft.answers.get(step)})
    if form.is_valid():
        actions.answer(resident=resident, step=step, value=form.stored(), by=request.user, at=timezone.now())
        return redirect(f"certificates:{'apply' if step in answers.WISHES else 'verdict'}", resident_id)
    actions.look_into(resident=resident, by=request.user, at=timezone.now())
    context = pages.question(resident, step, asked)
    context |= {"form": form, "subject_band": band(request.user, resident)}
    return render(request, "question.html", context)


@require_GET
def verdict(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """The answer before any form; the next question while one is unanswered."""
    resident, draft = subject_and_draft(request, resident_id)
    known = known_of(resident, insurance_of(resident), today=timezone.localdate())
    missing = answers.unanswered(known, draft.answers)
    if missing:
        return redirect("certificates:question", resident_id, missing)
    actions.look_into(resident=resident, by=request.user, at=timezone.now())
    context = pages.verdict(resident, known, draft.answers)
    return render(
        request, "certificates/verdict.html", context | {"subject_band": band(request.user, resident)}
    )


@require_POST
def without_employer(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """The person says that no employer stands in between; the verdict is asked again."""
    resident = subject(request, resident_id)
    actions.answer(
        resident=resident, step="without_employer", value="yes", by=request.user, at=timezone.now()
    )
    return redirect("certificates:verdict", resident_id)


@require_http_methods(["GET", "POST"])
def apply(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """Check the answers, then send."""
    resident, draft = subject_and_draft(request, resident_id)
    known = known_of(resident, insurance_of(resident), today=timezone.localdate())
    if (
        answers.unanswered(known, draft.answers)
        or not verdict_of(answers.facts(known, draft.answers)).may_apply
    ):
        return redirect("certificates:verdict", resident_id)
    if missing := answers.unsaid(draft.answers):
        return redirect("certificates:question", resident_id, missing)
    if request.method == "POST":
        try:
            application = actions.apply(draft=draft, by=request.user, at=timezone.now())
            return redirect(*after(application))
        except CertificateError as refusal:
            messages.error(request, str(refusal))
            return redirect("certificates:start", resident_id)
    actions.look_into(resident=resident, by=request.user, at=timezone.now())
    context = pages.check_answers(resident, known, draft.answers)
    return render(
        request, "certificates/apply.html", context | {"subject_band": band(request.user, resident)}
    )


def asked_among(step: str, known: answers.Known, given: answers.Answers) -> list[str]:
    """The questions among which this one stands: those before the verdict, or those after it, if any."""
    before = answers.steps(known, {step: "", **given})
    if step in before or answers.unanswered(known, given):
        return before
    return answers.wishes(given) if verdict_of(answers.facts(known, given)).may_apply else []


def after(application: Application) -> tuple[str, ...]:
    """Where one is led: to what happens next, or to the page that has the certificate already."""
    waits = ("certificates:received", application.public_id)
    return waits if application.waits else (application.get_absolute_url(),)


@require_GET
def received(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The application was sent: its number, the next step and its latest day."""
    return render(request, "certificates/received.html", application_page(request, public_id))


@require_GET
def application(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Follow an application."""
    return render(request, "certificates/application.html", application_page(request, public_id))


@require_GET
def certificate(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One certificate: valid until when, or why not any more."""
    found = visible_certificate(request, public_id)
    actions.look_at_certificate(certificate=found, by=request.user, at=timezone.now())
    valid = Certificate.objects.valid(on=timezone.localdate()).filter(pk=found.pk).exists()
    context = pages.certificate(found, valid=valid)
    context["gate"] = gates.closed(request.user, at=timezone.now(), about=found.resident_id)
    context |= {"subject_band": band(request.user, found.resident)}
    return render(request, "certificates/certificate.html", context)


@require_POST
def lost(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The paper is lost or stolen: it ends at once."""
    found = visible_certificate(request, public_id, to=Deed.APPLY)
    try:
        actions.report_lost(certificate=found, by=request.user, at=timezone.now())
    except CertificateError as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


@require_GET
def download(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The PDF in the size that was asked for, only while it is valid."""
    found = visible_certificate(request, public_id, to=Deed.APPLY)
    size = pages.size_of(request.GET.get("size", ""))
    try:
        pdf = actions.download(certificate=found, size=size, by=request.user, at=timezone.now())
    except CertificateError as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    disposition = f'attachment; filename="{found.number}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": disposition})


def subject(request: SignedInRequest, resident_id: str) -> Resident:
    """The person of the page, if the user may apply for them; 404 otherwise."""
    today = timezone.localdate()
    return subject_or_404(request.user, resident_id, on=today, to=Deed.APPLY, area=Area.HEALTH)


def subject_and_draft(request: SignedInRequest, resident_id: str) -> tuple[Resident, Draft]:
    """The person of the page, and the user's answers so far (unsaved where there are none)."""
    resident = subject(request, resident_id)
    draft = Draft.objects.filter(user=request.user, resident=resident).first()
    return resident, draft or Draft(user=request.user, resident=resident)


def application_page(request: SignedInRequest, public_id: str) -> dict[str, Any]:
    """What the pages of one application show, which is recorded; 404 if it is somebody else's."""
    scope = Application.objects.visible_to(request.user, on=timezone.localdate())
    found = get_object_or_404(
        scope.select_related("resident", "certificate", "applicant"), public_id=public_id
    )
    actions.look_at(application=found, by=request.user, at=timezone.now())
    applicant = found.applicant
    about = found.resident_id
    waits = {"gate": gates.closed(applicant, at=timezone.now(), about=about) if applicant else None}
    others = pages.others(request.user, found.resident)
    actions.look_at_names(people=others, by=request.user, at=timezone.now())
    return (
        pages.application(found)
        | waits
        | {"others": others}
        | {"subject_band": band(request.user, found.resident)}
    )


def visible_certificate(request: SignedInRequest, public_id: str, *, to: Deed = Deed.SEE) -> Certificate:
    """The certificate if the user may do this with it; 404 otherwise."""
    scope = Certificate.objects.visible_to(request.user, on=timezone.localdate(), to=to)
    return get_object_or_404(scope.select_related("resident"), public_id=public_id)
