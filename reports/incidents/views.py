"""The pages on which staff deal with a whole incident."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from accounts.proposals.answers import approved, done, proposed, sent_back
from accounts.proposals.forms import SendBackForm
from accounts.requests import SignedInRequest
from accounts.rights import right_required
from reports.incidents import actions, pages, planning
from reports.incidents.forms import BeginForm, PlanForm, ReasonForm
from reports.models import Incident, Plan
from reports.moving import ReportError

ROWS, RECORDS = 30, 50
STEPS: dict[str, tuple[Callable[..., None], Promise]] = {
    "list-again": (actions.list_again, _("We look once more for everybody affected.")),
    "dismiss": (actions.dismiss, _("Noted: it was no incident.")),
    "close": (actions.close, _("The incident is finished. Its cases are being closed.")),
}
PLAN_STEPS: dict[str, tuple[Callable[..., None], Promise]] = {
    "stop": (planning.stop, _("Stopped. What was done stands.")),
    "go-on": (planning.go_on, _("It goes on.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("incidents.view")
def listing(request: SignedInRequest) -> HttpResponse:
    """Every incident, those whose clocks run first, and the form that begins another one."""
    form = BeginForm(request.POST if request.method == "POST" else None, initial=asked(request))
    if request.method == "POST" and not request.user.may("incidents.work"):
        raise PermissionDenied
    if form.is_bound and form.is_valid():
        try:
            return redirect(actions.begin(**form.cleaned_data, by=request.user, at=timezone.now()))
        except ReportError as refusal:
            form.add_error(None, str(refusal))
    found, today = Incident.objects.select_related("institution"), timezone.localdate()
    over = Paginator(found.exclude(pk__in=found.open()).order_by("-closed_at", "-pk"), ROWS)
    page = over.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "rows": [pages.row(each, today=today) for each in found.open().oldest_first()[:RECORDS]],
        "over": [pages.row(each, today=today) for each in page],
        "page": page,
        "may_work": request.user.may("incidents.work"),
    }
    return render(request, "incidents/list.html", context)


def asked(request: SignedInRequest) -> dict[str, str]:
    """What the form begins with where an address says so: a case knows its office and day."""
    named = {name: request.GET[name] for name in BeginForm.base_fields if request.GET.get(name)}
    return {"scope": Incident.Scope.DOUBTED} | named


@require_GET
@right_required("incidents.view")
def incident(request: SignedInRequest, incident_id: str) -> HttpResponse:
    """One incident: how many are affected, its clocks, its plan, what the public and the law are told."""
    return incident_page(request, find(incident_id))


def incident_page(request: SignedInRequest, found: Incident, **forms_: forms.Form) -> HttpResponse:
    """The page with its forms, those given as they came back."""
    usual = {"plan_form": PlanForm(auto_id="plan_%s"), "undo_form": ReasonForm(auto_id="undo_%s")}
    back = {"back_form": SendBackForm(auto_id="back_%s"), "word_back": SendBackForm(auto_id="word_%s")}
    context = pages.page(found, user=request.user, today=timezone.localdate())
    shown = usual | back | forms_
    return render(request, "incidents/incident.html", context | shown | {"all_forms": list(shown.values())})


@require_GET
@right_required("incidents.view")
def progress(request: SignedInRequest, incident_id: str) -> HttpResponse:
    """How far the worker is, for the page that asks; loaded anew once it waits for a person."""
    found = find(incident_id)
    running = found.plans.at_work().select_related("undoes").first()
    if not found.is_at_work and running is None:
        return HttpResponseClientRefresh() if request.htmx else redirect(found)  # type: ignore[attr-defined]
    context = {"incident": found, "progress": pages.progress(found, running)}
    return render(request, "incidents/progress.html", context)


@require_GET
@right_required("incidents.view")
def records(request: SignedInRequest, incident_id: str) -> HttpResponse:
    """Every record of it by its line: neither name nor reference; who needs them opens the case."""
    found = find(incident_id)
    listed = found.records.select_related("link__feed_import", "report").order_by("pk")
    page = Paginator(listed, RECORDS).get_page(request.GET.get("page"))
    return render(request, "incidents/records.html", {"incident": found, "page": page})


@require_POST
@right_required("incidents.work")
def step(request: SignedInRequest, incident_id: str, name: str) -> HttpResponse:
    """List again, dismiss or finish."""
    if name not in STEPS:
        raise Http404
    found, (act, words) = find(incident_id), STEPS[name]
    deed = partial(act, incident=found, by=request.user, at=timezone.now())
    return done(request, deed, lambda _done: str(words), found.get_absolute_url())


@require_POST
@right_required("incidents.work")
def propose(request: SignedInRequest, incident_id: str) -> HttpResponse:
    """Propose what to do with every record."""
    found, form = find(incident_id), PlanForm(request.POST, auto_id="plan_%s")

    def act(**words: str) -> Plan:
        return planning.propose(incident=found, **words, by=request.user, at=timezone.now())

    return proposed(request, form, act, back=found.get_absolute_url()) or incident_page(
        request, found, plan_form=form
    )


@require_POST
@right_required("incidents.work")
def undo(request: SignedInRequest, incident_id: str, plan_id: str) -> HttpResponse:
    """Propose to take back what a plan did."""
    plan, form = find_plan(incident_id, plan_id), ReasonForm(request.POST, auto_id="undo_%s")

    def act(**words: str) -> Plan:
        return planning.propose_undo(plan=plan, **words, by=request.user, at=timezone.now())

    return proposed(request, form, act, back=plan.incident.get_absolute_url()) or incident_page(
        request, plan.incident, undo_form=form
    )


@require_POST
@right_required("incidents.work")
def plan_step(request: SignedInRequest, incident_id: str, plan_id: str, name: str) -> HttpResponse:
    """Stop it, or go on."""
    if name not in PLAN_STEPS:
        raise Http404
    plan, (act, words) = find_plan(incident_id, plan_id), PLAN_STEPS[name]
    deed = partial(act, plan=plan, by=request.user, at=timezone.now())
    return done(request, deed, lambda _done: str(words), plan.incident.get_absolute_url())


@require_POST
@right_required("incidents.approve")
def approve(request: SignedInRequest, incident_id: str, plan_id: str) -> HttpResponse:
    """Have it applied."""
    plan = find_plan(incident_id, plan_id)
    deed = partial(planning.approve, plan=plan, by=request.user, at=timezone.now())
    return approved(request, deed, back=plan.incident.get_absolute_url())


@require_POST
@right_required("incidents.approve")
def return_plan(request: SignedInRequest, incident_id: str, plan_id: str) -> HttpResponse:
    """Send it back with the reason."""
    plan, form = find_plan(incident_id, plan_id), SendBackForm(request.POST, auto_id="back_%s")

    def act(**words: str) -> Plan:
        return planning.send_back(plan=plan, **words, by=request.user, at=timezone.now())

    back = plan.incident.get_absolute_url()
    return sent_back(request, form, act, back=back) or incident_page(request, plan.incident, back_form=form)


def find(incident_id: str) -> Incident:
    """The incident; 404 where there is none."""
    return get_object_or_404(
        Incident.objects.select_related("institution", "found_by"), public_id=incident_id
    )


def find_plan(incident_id: str, plan_id: str) -> Plan:
    """A plan of that incident; 404 where there is none."""
    plans = Plan.objects.select_related("incident__institution")
    return get_object_or_404(plans, incident__public_id=incident_id, public_id=plan_id)
