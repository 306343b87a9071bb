"""The pages on which staff write what the public and the privacy commission are told, and add cases."""

import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.proposals.answers import approved, done, proposed, sent_back
from accounts.proposals.forms import SendBackForm
from accounts.requests import SignedInRequest
from accounts.rights import right_required
from links.rounding import rounded
from reports.desk.finding import found as case_found
from reports.incidents import actions, leaks, statements
from reports.incidents.forms import AddCaseForm, LeakForm, ReceiptForm, StatementForm, beginning
from reports.incidents.views import find, incident_page
from reports.models import AffectedRecord, LeakReport, Statement

KEPT = _("The draft was kept.")
SENT = _("Noted: it went to the commission.")
ADDED = _("The case belongs to the incident now.")


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("incidents.work")
def statement(request: SignedInRequest, incident_id: str) -> HttpResponse:
    """Write what the public is told, beginning with what is published, or with the template."""
    found = find(incident_id)
    latest = found.statements.published().first()
    begun: dict[str, Any] = {**beginning(latest.texts if latest else statements.template(found))}
    begun |= {"done_by": latest.done_by} if latest else {}
    form = StatementForm(request.POST if request.method == "POST" else None, initial=begun)

    def act(*, done_by: datetime.date, reason: str, **_parts: str) -> Statement:
        write = partial(statements.propose, incident=found, texts=form.texts(), done_by=done_by)
        return write(reason=reason, by=request.user, at=timezone.now())

    answer = proposed(request, form, act, back=found.get_absolute_url()) if form.is_bound else None
    return answer or render(request, "incidents/statement.html", {"incident": found, "form": form})


@require_GET
@right_required("incidents.view")
def preview(request: SignedInRequest, incident_id: str) -> HttpResponse:
    """The page as everybody would read it: with the words that wait, or those that are published."""
    found = find(incident_id)
    shown = found.statements.exclude(state=Statement.State.RETURNED).order_by("-pk").first()
    if shown is None:
        raise Http404
    people = rounded(found.people.count())
    context = {"incident": found, "shown": shown, "people": people, "decides": decides(request, shown)}
    return render(request, "incidents/preview.html", context)


def decides(request: SignedInRequest, shown: Statement) -> bool:
    """Whether the reader may decide about it."""
    waits = shown.state == Statement.State.WAITING and shown.proposed_by_id != request.user.pk
    return waits and request.user.may("incidents.approve")


@require_POST
@right_required("incidents.approve")
def publish(request: SignedInRequest, incident_id: str) -> HttpResponse:
    """Everybody can read it from now on."""
    found = find(incident_id)
    act = partial(statements.publish, incident=found, by=request.user, at=timezone.now())
    return approved(request, act, back=found.get_absolute_url())


@require_POST
@right_required("incidents.approve")
def return_statement(request: SignedInRequest, incident_id: str) -> HttpResponse:
    """Send the words back with the reason."""
    found, form = find(incident_id), SendBackForm(request.POST, auto_id="word_%s")

    def act(**words: str) -> Statement:
        return statements.send_back(incident=found, **words, by=request.user, at=timezone.now())

    back = found.get_absolute_url()
    return sent_back(request, form, act, back=back) or incident_page(request, found, word_back=form)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("incidents.view")
def leak(request: SignedInRequest, incident_id: str, stage: str) -> HttpResponse:
    """The draft of the report to the privacy commission; whoever may only read reads it."""
    if stage not in LeakReport.Stage.values:
        raise Http404
    found = find(incident_id)
    if request.method == "POST" and not request.user.may("incidents.work"):
        raise PermissionDenied
    form = LeakForm(request.POST if request.method == "POST" else None, initial=leaks.current(found, stage))
    if form.is_bound and form.is_valid():
        act = partial(leaks.write, incident=found, stage=stage, answers=form.cleaned_data)
        deed = partial(act, by=request.user, at=timezone.now())
        return done(request, deed, lambda _done: str(KEPT), request.get_full_path())
    return leak_page(request, incident_id, stage, form, ReceiptForm(auto_id="sent_%s"))


def leak_page(
    request: SignedInRequest, incident_id: str, stage: str, form: LeakForm, receipt: ReceiptForm
) -> HttpResponse:
    """The draft with what can be done with it."""
    found = find(incident_id)
    kept = found.leak_reports.filter(stage=stage).select_related("changed_by", "sent_by").first()
    context = {
        "incident": found,
        "stage": LeakReport.Stage(stage),
        "form": form,
        "items": [(form.fields[code].label, form[code].value()) for code in form.fields],
        "receipt": receipt,
        "kept": kept,
        "may_write": request.user.may("incidents.work") and not (kept and kept.sent_at),
        "may_send": request.user.may("incidents.approve") and kept is not None and kept.sent_at is None,
    }
    return render(request, "incidents/leak.html", context)


@require_POST
@right_required("incidents.approve")
def leak_sent(request: SignedInRequest, incident_id: str, stage: str) -> HttpResponse:
    """Note that it went to the commission."""
    if stage not in LeakReport.Stage.values:
        raise Http404
    found, form = find(incident_id), ReceiptForm(request.POST, auto_id="sent_%s")
    if not form.is_valid():
        draft = LeakForm(initial=leaks.current(found, stage))
        return leak_page(request, incident_id, stage, draft, form)
    act = partial(leaks.send, incident=found, stage=stage, **form.cleaned_data)
    deed = partial(act, by=request.user, at=timezone.now())
    return done(request, deed, lambda _done: str(SENT), found.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("incidents.work")
def add_case(request: SignedInRequest, report_id: str) -> HttpResponse:
    """Add a case to an incident, or begin one with its office and day."""
    report = case_found(request, report_id)
    form = AddCaseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["incident"]

        def act() -> AffectedRecord:
            return actions.add_case(incident=chosen, report=report, by=request.user, at=timezone.now())

        return done(request, act, lambda _done: str(ADDED), chosen.get_absolute_url())
    return render(request, "incidents/add_case.html", {"report": report, "form": form})
