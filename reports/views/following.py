"""The resident's pages: report a problem, one question a page, and follow it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.display import is_simple
from accounts.free_text import half_written
from accounts.models import User
from accounts.requests import SignedInRequest
from accounts.subjects import band
from links.models import Link
from reports import actions, progress
from reports.forms import QUESTIONS, MessageForm, answers_of
from reports.journey import NOTHING, Place, check_url, last_page, question_url
from reports.models import Draft, Message, Report

# the switches of the header send the page's own form, so that nothing typed is lost
SWITCHES = {"language": "set_language", "simple": "portal:display"}
SHOWN = 200
OPEN, FINISHED = _("Being put right"), _("Finished")
WITHDRAW_IT, WITHDRAW = _("Do you want to withdraw the report?"), _("Yes, withdraw it")


@require_GET
def start(request: SignedInRequest, link_id: str) -> HttpResponse:
    """Begin, go on where the draft ends, or go to the report that is open already."""
    link = reportable(request, link_id)
    first = first_report(link)
    if first:
        messages.info(request, _("You reported this record already. Here you see where it stands."))
        return redirect(first)
    _answers, missing = answers_of(kept(request.user, link))
    return redirect(question_url(link, missing) if missing else check_url(link))


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedInRequest, link_id: str, step: str) -> HttpResponse:
    """One question; its answer is kept before the next page opens."""
    link = reportable(request, link_id)
    if step not in QUESTIONS:
        raise Http404
    place = Place(link, step, checking="check" in request.GET)
    form = QUESTIONS[step](
        request.POST if request.method == "POST" else None, initial=kept(request.user, link)
    )
    if switch := SWITCHES.keys() & request.POST.keys():
        typed = {name: half_written(request.POST.get(name, "")) for name in form.fields}
        actions.keep(link=link, answers=typed, by=request.user, at=timezone.now())
        # 307: the browser sends the same form to the switch itself
        return HttpResponse(status=307, headers={"Location": reverse(SWITCHES[min(switch)])})
    if form.is_bound and form.is_valid():
        actions.keep(link=link, answers=form.cleaned_data, by=request.user, at=timezone.now())
        return redirect(place.next_url)
    return render(request, "reports/question.html", framed(request, link) | place.page() | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedInRequest, link_id: str) -> HttpResponse:
    """Everything at a glance before it is sent; sent twice it leads to the one report."""
    link = reportable(request, link_id)
    draft = kept(request.user, link)
    answers, missing = answers_of(draft)
    first = first_report(link) if missing else None
    if missing:
        return redirect("reports:sent", first.public_id) if first else redirect(question_url(link, missing))
    if request.method == "POST":
        report = actions.file(
            link=link,
            answers=answers,
            language=get_language() or "ja",
            simple=is_simple(request),
            by=request.user,
            at=timezone.now(),
        )
        return redirect("reports:sent", report.public_id)
    return render(request, "reports/check.html", framed(request, link) | last_page(link, draft))


@require_GET
def sent(request: SignedInRequest, report_id: str) -> HttpResponse:
    """The report's number, what happens next, and by when."""
    report = visible(request, report_id)
    context = {"report": report, "standing": progress.standing(report)}
    return render(request, "reports/sent.html", context | framed(request, report))


@require_GET
def report_list(request: SignedInRequest) -> HttpResponse:
    """Every report about the user and about those for whom the user may act, newest first."""
    found = (
        Report.objects.visible_to(request.user, on=timezone.localdate()).with_record().newest_first()[:SHOWN]
    )
    own = set(request.user.bindings.current().values_list("resident_id", flat=True))
    rows = [
        {"report": report, "standing": progress.standing(report), "own": report.resident_id in own}
        for report in found
    ]
    return render(request, "reports/list.html", {"groups": grouped(rows)})


@require_GET
def report(request: SignedInRequest, report_id: str) -> HttpResponse:
    """Where it stands, what happened, and the conversation with support."""
    report = visible(request, report_id)
    actions.open_report(report=report, by=request.user, at=timezone.now())
    return render(request, "reports/report.html", page(request, report, MessageForm()))


@require_http_methods(["GET", "HEAD", "POST"])
def message(request: SignedInRequest, report_id: str) -> HttpResponse:
    """Write to support, or answer its question."""
    report = visible(request, report_id)
    if request.method != "POST":
        return redirect(report)  # the header's switches come back to this address
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            actions.answer(report=report, by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.ReportError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your message was sent."))
            return redirect(report)
    return render(request, "reports/report.html", page(request, report, form))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, report_id: str) -> HttpResponse:
    """Ask once whether it is meant, then take the report back."""
    report = visible(request, report_id)
    if request.method == "POST":
        try:
            actions.withdraw(report=report, by=request.user, at=timezone.now())
            messages.success(request, _("You withdrew the report."))
        except actions.ReportError as refusal:
            messages.error(request, str(refusal))
        return redirect(report)
    context = {
        "report": report,
        "question": WITHDRAW_IT,
        "action": WITHDRAW,
        "back_url": report.get_absolute_url(),
    }
    return render(request, "reports/withdraw.html", context | framed(request, report))


def reportable(request: SignedInRequest, link_id: str) -> Link:
    """The record if the user may see it and it still hangs on the number; 404 otherwise."""
    scope = Link.objects.standing().visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(scope.select_related("institution", "resident"), public_id=link_id)


def visible(request: SignedInRequest, report_id: str) -> Report:
    """The report if the user may see it; 404 otherwise."""
    scope = Report.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(scope.with_record(), public_id=report_id)


def grouped(rows: list[dict[str, Any]]) -> list[tuple[Promise, list[dict[str, Any]]]]:
    """The rows under their headings: what is open first; no heading without rows."""
    groups = [(OPEN, [row for row in rows if row["report"].is_open])]
    groups.append((FINISHED, [row for row in rows if not row["report"].is_open]))
    return [group for group in groups if group[1]]


def first_report(link: Link) -> Report | None:
    """The open report about the record: there is at most one."""
    return Report.objects.open().filter(link=link, resident=link.resident_id).first()


def kept(user: User, link: Link) -> dict[str, Any]:
    """The answers of the user's draft about the record."""
    draft = Draft.objects.filter(user=user, link=link).first()
    return draft.answers if draft else {}


def framed(request: SignedInRequest, about: Link | Report) -> dict[str, Any]:
    """Whose affairs the page shows, if not the user's own."""
    return {"subject_band": band(request.user, about.resident)}


def page(request: SignedInRequest, report: Report, form: MessageForm) -> dict[str, Any]:
    """What the report's page shows."""
    return framed(request, report) | {
        "report": report,
        "nothing_written": NOTHING,
        "standing": progress.standing(report),
        "events": progress.timeline(report),
        "talk": report.messages.exclude(audience=Message.Audience.STAFF).order_by("at", "id"),
        "decision": progress.decision(report),
        "changed": progress.changed_elements(report),
        "form": form,
    }
