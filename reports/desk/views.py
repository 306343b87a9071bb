"""The desk's pages: the queue, a case, and its next step."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.protection.clearing import SECOND_PERSON
from accounts.requests import SignedInRequest
from accounts.rights import right_required
from reports import actions
from reports.calls.words import spoken_both_ways
from reports.desk import case as case_page
from reports.desk import replies
from reports.desk.causes import probable
from reports.desk.filters import QueueFilter, condition
from reports.desk.finding import found, found_to_look
from reports.desk.forms import KeepSearchForm
from reports.desk.presence import ASKED_EVERY
from reports.desk.presence import look as look_in
from reports.desk.queue import PAGE, Pages, cases, rows
from reports.desk.queue import neighbour as next_to
from reports.desk.searches import searches
from reports.desk.steps import VERBS, Verb, may_take
from reports.kinds import Cause
from reports.models import Call, Proposal, Report
from reports.views.files import opened

CALLS = 5


@require_GET
@right_required("desk.view")
def queue(request: SignedInRequest) -> HttpResponse:
    """The cases that wait, worst first."""
    return queue_page(request, KeepSearchForm())


def queue_page(request: SignedInRequest, name_form: forms.Form) -> HttpResponse:
    """The queue as the address chooses it, with the searches that this person keeps."""
    form = QueueFilter(request.GET)
    chosen, today = form.chosen(), timezone.localdate()
    found = cases(chosen.get("state", ""), condition(chosen, user=request.user, today=today))
    shown = Pages(found, PAGE).get_page(request.GET.get("page"))
    query = urlencode(chosen)
    context = {
        "form": form,
        "page": shown,
        "rows": rows(shown, today=today),
        "query": f"{query}&" if chosen else "",
        "search": query,
        "searches": searches(request.user),
        "name_form": name_form,
        "today": today,
        **waiting_calls(),
    }
    return render(request, "desk/queue.html", context)


def waiting_calls() -> dict[str, Any]:
    """The calls that wait for their result, the next first, each with the word to be said; two queries."""
    waiting = Call.objects.waiting()
    listed = [(call, spoken_both_ways(call.word)) for call in waiting.next_first()[:CALLS]]
    return {"calls": listed, "call_count": waiting.count() if len(listed) == CALLS else len(listed)}


@require_POST
@right_required("desk.view")
def keep_search(request: SignedInRequest) -> HttpResponse:
    """Keep what the address chooses under a name."""
    form = KeepSearchForm(request.POST)
    if form.is_valid():
        query = urlencode(QueueFilter(request.GET).chosen())
        try:
            actions.keep_search(**form.cleaned_data, query=query, by=request.user)
        except actions.ReportError as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect(f"{reverse('desk:queue')}?{query}")
    return queue_page(request, form)


@require_POST
@right_required("desk.view")
def drop_search(request: SignedInRequest, search_id: str) -> HttpResponse:
    """Keep it no longer; nothing where it is gone."""
    request.user.searches.filter(public_id=search_id).delete()
    return redirect("desk:queue")


@require_GET
@right_required("desk.view")
def case(request: SignedInRequest, report_id: str) -> HttpResponse:
    """One case with all that is needed to decide; that it was opened is recorded."""
    (report, look), now = found_to_look(request, report_id), timezone.now()
    actions.open_case(report=report, by=request.user, at=now)
    context = case_page.page(report, user=request.user, today=timezone.localdate(now))
    context |= {"query": urlencode(QueueFilter.asked(request.GET)), "look": look}
    return render(request, "desk/case.html", context)


@require_GET
@right_required("desk.view")
def neighbour(request: SignedInRequest, report_id: str, way: str) -> HttpResponse:
    """Lead to the next or previous case of the choice in the address; to the queue at its end."""
    chosen = QueueFilter(request.GET).chosen()
    also = condition(chosen, user=request.user, today=timezone.localdate())
    found_cases = cases(chosen.get("state", ""), also)
    beside = next_to(found(request, report_id), found_cases, way)
    where = reverse("desk:case", args=[beside.public_id]) if beside else reverse("desk:queue")
    return redirect(f"{where}?{urlencode(chosen)}" if chosen else where)


@require_GET
@right_required("desk.view")
def file(request: SignedInRequest, report_id: str, file_id: str) -> HttpResponse:
    """What the resident handed in; that it was opened is recorded. 403 where it may show a hidden place."""
    report = found(request, report_id)
    if report.places_hidden:
        raise PermissionDenied(SECOND_PERSON)
    return opened(request, report, file_id)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("desk.view")
def step(request: SignedInRequest, report_id: str, verb: str) -> HttpResponse:
    """One step of a case: its form, and what it does."""
    report = found(request, report_id)
    if verb not in VERBS:
        raise Http404
    what = VERBS[verb]
    if not request.user.may(what.right):
        raise PermissionDenied
    form = what.form(request.POST if request.method == "POST" else None, initial=beginning(request, report))
    if form.is_bound and form.is_valid() and was_taken(request, report, what, form):
        return redirect("desk:case", report_id)
    actions.open_report(report=report, by=request.user, at=timezone.now())
    context = {
        "report": report,
        "form": form,
        "verb": what,
        "open": may_take(what, report, request.user),
        "proposals": to_decide(report, what),
        "standard": replies.fitting_first(cause_of(report)) if what.takes_standard else [],
    }
    return render(request, "desk/step.html", context)


def was_taken(request: SignedInRequest, report: Report, what: Verb, form: forms.Form) -> bool:
    """Take the step, and say so; where it is refused the form says why."""
    try:
        what.act(report=report, by=request.user, at=timezone.now(), **form.cleaned_data)
    except actions.ReportError as refusal:
        refuse(form, refusal, report)
        return False
    messages.success(request, str(what.done))
    return True


@require_GET
@right_required("desk.view")
def viewing(request: SignedInRequest, report_id: str) -> HttpResponse:
    """Who else looks at the case, and whether it changed since; the page itself asks."""
    report = found(request, report_id)
    context = {
        "report": report,
        "others": look_in(report, request.user, at=timezone.now()),
        "changed": request.GET.get("version") != str(report.version),
        "seen": request.GET.get("version", ""),
        "when": f"every {ASKED_EVERY}s",
    }
    return render(request, "desk/viewing.html", context)


def beginning(request: SignedInRequest, report: Report) -> dict[str, Any]:
    """What a form begins with: the version that is read, the language, a cause, a standard reply."""
    begun = {"version": report.version, "language": report.language, "cause": cause_of(report)}
    code = request.GET.get("standard", "")
    if code in replies.REPLIES:
        try:
            begun["text"] = replies.text_of(code, report)
        except actions.ReportError as refusal:
            messages.error(request, str(refusal))
    return begun


def cause_of(report: Report) -> Cause | None:
    """What probably caused it, where it is about a record that is still here."""
    if report.link is None or report.record_left:
        return None
    return probable(case_page.last_finding(report), report.link.category)


def to_decide(report: Report, verb: Verb) -> list[Proposal]:
    """The proposal that a deciding step is about."""
    waiting = report.proposals.filter(state=Proposal.State.WAITING).select_related("proposed_by")
    return list(waiting) if verb.right == "desk.approve" else []


def refuse(form: forms.Form, refusal: actions.ReportError, report: Report) -> None:
    """Say why above what was typed; sent once more it counts as decided on the case as it is now."""
    form.add_error(None, str(refusal))
    form.data = {name: form[name].value() for name in form.fields} | {"version": report.version}
