"""Report what is no record: something is missing, was shown, or was printed. One question a page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import audit
from accounts.free_text import half_written
from accounts.models import Resident
from accounts.requests import SignedInRequest
from accounts.subjects import band, whole_subject_or_404
from links.models import Link
from reports import actions
from reports.forms import answers_of
from reports.kinds import Kind, Reach
from reports.models import Report
from reports.other import check_page, is_page, kept, other_route, question_page, records_of, start_url
from reports.other_forms import OTHER_QUESTIONS, OtherForm, SeenForm
from reports.views.questions import DISCARD, DISCARD_IT, SWITCHES, how

HIDE = _("Hide it and send the report")


@require_GET
def own(request: SignedInRequest) -> HttpResponse:
    """To the reports of whoever the sign-in belongs to; who acts for others only chooses one of them."""
    person = Resident.objects.person_of(request.user)
    return redirect("reports:other_start", person.public_id) if person else redirect("portal:people")


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """Which of these it is."""
    resident = subject(request, resident_id)
    form = OtherForm(request.POST or None)
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        if kind == Kind.SAW_OTHER:
            return redirect("reports:seen", resident_id)
        _answers, missing = answers_of(kept(request.user, resident, kind), OTHER_QUESTIONS[kind])
        way = other_route(resident, kind)
        return redirect(way.url(missing) if missing else way.check_url)
    context = {"form": form, "back_url": reverse("portal:person", args=[resident_id])}
    return render(request, "reports/other.html", framed(request, resident) | context)


@require_http_methods(["GET", "HEAD", "POST"])
def seen(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """Another person's information was shown: one question, and what showed it is hidden at once."""
    resident = subject(request, resident_id)
    form = SeenForm(request.POST or None, records=records_of(resident))
    if form.is_valid():
        report = hidden(request, resident, form.cleaned_data["where"])
        return redirect("reports:sent", report.public_id)
    context = {"form": form, "back_url": start_url(resident), "action": HIDE}
    return render(request, "reports/seen.html", framed(request, resident) | context)


def hidden(request: SignedInRequest, resident: Resident, where: str) -> Report:
    """The report about the record or page; nothing is asked by which a stranger could be told of."""
    told: dict[str, Any] = {"reach_by": Reach.PORTAL}
    if is_page(where):
        return actions.file_other(
            resident=resident,
            kind=Kind.SAW_OTHER,
            answers=told | {"matter": where},
            **how(request),
        )
    link = Link.objects.of(resident).get(public_id=where)
    return actions.file(link=link, answers=told | {"kind": Kind.SAW_OTHER}, **how(request))


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedInRequest, resident_id: str, kind: str, step: str) -> HttpResponse:
    """One question; its answer is kept before the next page opens."""
    resident, form_type = subject(request, resident_id), asked(kind).get(step)
    if form_type is None:
        raise Http404
    checking, now = "check" in request.GET, timezone.now()
    draft = kept(request.user, resident, kind)
    form = form_type(request.POST if request.method == "POST" else None, initial=draft)
    keep: dict[str, Any] = {"resident": resident, "kind": kind, "by": request.user, "at": now}
    if switch := SWITCHES.keys() & request.POST.keys():
        typed = {name: half_written(request.POST.get(name, "")) for name in form.fields}
        actions.keep_other(answers=typed, **keep)
        return HttpResponse(status=307, headers={"Location": reverse(SWITCHES[min(switch)])})
    if form.is_bound and form.is_valid():
        actions.keep_other(answers={name: form[name].value() for name in form.fields}, **keep)
        return redirect(other_route(resident, kind).next_url(step, checking=checking))
    context = question_page(resident, kind, step, checking=checking) | {"form": form}
    return render(request, "reports/other_question.html", framed(request, resident) | context)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedInRequest, resident_id: str, kind: str) -> HttpResponse:
    """Everything at a glance before it is sent; sent twice it leads to the one report."""
    resident, questions = subject(request, resident_id), asked(kind)
    draft = kept(request.user, resident, kind)
    answers, missing = answers_of(draft, questions)
    if missing:
        first = just_sent(request, resident, kind) if not draft else None
        if first:
            return redirect("reports:sent", first.public_id)
        return redirect(other_route(resident, kind).url(missing))
    if request.method == "POST":
        report = actions.file_other(resident=resident, kind=Kind(kind), answers=answers, **how(request))
        return redirect("reports:sent", report.public_id)
    context = check_page(resident, kind, draft)
    return render(request, "reports/other_check.html", framed(request, resident) | context)


def just_sent(request: SignedInRequest, resident: Resident, kind: str) -> Report | None:
    """What this form made when it was posted before; none where nothing was posted."""
    mine = Report.objects.about(resident).open().filter(kind=kind, filed_by=request.user)
    return mine.newest_first().first() if request.method == "POST" else None


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: SignedInRequest, resident_id: str, kind: str) -> HttpResponse:
    """Ask once whether it is meant, then delete the answers that were not sent."""
    resident = subject(request, resident_id)
    asked(kind)
    if request.method == "POST":
        actions.discard_other(resident=resident, kind=kind, by=request.user)
        messages.success(request, _("Your answers were deleted."))
        return redirect("reports:list")
    back_url = other_route(resident, kind).check_url
    context = {"about": Kind(kind).label, "question": DISCARD_IT, "action": DISCARD, "back_url": back_url}
    return render(request, "reports/other_discard.html", framed(request, resident) | context)


def subject(request: SignedInRequest, resident_id: str) -> Resident:
    """Whose report it is, one's own or that of a person for whom one acts; an agent's look is recorded."""
    resident = whole_subject_or_404(request.user, resident_id, on=timezone.localdate())
    audit.look("person.viewed", residents=[resident.pk], by=request.user, at=timezone.now())
    return resident


def asked(kind: str) -> dict[str, Any]:
    """The questions of that kind; 404 where it has none."""
    if kind not in OTHER_QUESTIONS:
        raise Http404
    return OTHER_QUESTIONS[kind]


def framed(request: SignedInRequest, resident: Resident) -> dict[str, Any]:
    """Whose affairs the page shows, if not the user's own."""
    return {"resident": resident, "subject_band": band(request.user, resident)}
