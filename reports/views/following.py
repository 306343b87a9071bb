"""Follow a report: where it stands, the conversation with support, and taking it back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from reports import actions, progress
from reports.forms import LeakReopenForm, MessageForm, ReopenForm
from reports.journey import NOTHING
from reports.models import Report
from reports.reading import readable
from reports.views.scope import framed, visible

SHOWN = 200
OPEN, FINISHED = _("Being put right"), _("Finished")
REOPEN = _("Check it again")
WITHDRAW_IT, WITHDRAW = _("Do you want to withdraw the report?"), _("Yes, withdraw it")


@require_GET
def report_list(request: SignedInRequest) -> HttpResponse:
    """Every report about the user and about those for whom the user may act, newest first."""
    found = (
        Report.objects.visible_to(request.user, on=timezone.localdate()).with_record().newest_first()[:SHOWN]
    )
    actions.open_list(reports=found, by=request.user, at=timezone.now())
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
    actions.open_report(report=report, by=request.user, at=timezone.now())
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
    actions.open_report(report=report, by=request.user, at=timezone.now())
    context = {
        "report": report,
        "question": WITHDRAW_IT,
        "action": WITHDRAW,
        "back_url": report.get_absolute_url(),
    }
    return render(request, "reports/withdraw.html", context | framed(request, report))


@require_POST
def confirm(request: SignedInRequest, report_id: str) -> HttpResponse:
    """A report that was made with a code is the resident's own."""
    report = visible(request, report_id)
    try:
        actions.confirm(report=report, by=request.user, at=timezone.now())
        messages.success(request, _("Thank you. It stays stopped until we have checked it."))
    except actions.ReportError as refusal:
        messages.error(request, str(refusal))
    return redirect(report)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: SignedInRequest, report_id: str) -> HttpResponse:
    """Ask what is still wrong, then begin anew; where it cannot be, the report's page says why."""
    report = visible(request, report_id)
    if report.is_open:
        return redirect(report)  # posted twice
    form = LeakReopenForm(request.POST or None) if report.is_leak else ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data.get("text", "")
            actions.reopen(report=report, text=text, by=request.user, at=timezone.now())
            messages.success(request, _("We check it again."))
        except actions.ReportError as refusal:
            messages.error(request, str(refusal))
        return redirect(report)
    actions.open_report(report=report, by=request.user, at=timezone.now())
    context = {"report": report, "form": form, "back_url": report.get_absolute_url(), "action": REOPEN}
    return render(request, "reports/reopen.html", context | framed(request, report))


@require_GET
def summary(request: SignedInRequest, report_id: str) -> HttpResponse:
    """Everything about the report on one page to print and take to a counter; nothing that is hidden."""
    report = visible(request, report_id)
    actions.open_report(report=report, by=request.user, at=timezone.now())
    context = page(request, report, MessageForm()) | {"printed_at": timezone.now()}
    return render(request, "reports/summary.html", context)


def grouped(rows: list[dict[str, Any]]) -> list[tuple[Promise, list[dict[str, Any]]]]:
    """The rows under their headings: what is open first; no heading without rows."""
    groups = [(OPEN, [row for row in rows if row["report"].is_open])]
    groups.append((FINISHED, [row for row in rows if not row["report"].is_open]))
    return [group for group in groups if group[1]]


def page(request: SignedInRequest, report: Report, form: MessageForm) -> dict[str, Any]:
    """What the report's page shows."""
    return framed(request, report) | {
        **readable(report, request.user),
        "report": report,
        "nothing_written": NOTHING,
        "standing": progress.standing(report),
        "events": progress.timeline(report),
        "changed": progress.changed_elements(report),
        "reopen_until": progress.reopen_until(report, at=timezone.now()),
        "correction_address": settings.CORRECTION_ADDRESS,
        "form": form,
    }
