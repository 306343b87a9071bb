"""The pages on which staff start the review, watch it and read what it found."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from accounts.requests import SignedInRequest
from accounts.rights import right_required
from links.actions import LinkError
from links.models import ReviewRun
from links.reviewing import actions, pages, report, report_file
from links.reviewing.forms import StartForm, WithholdForm

PAGE = 30
GOES_ON = _("The run goes on.")
CANCELLED = _("This check was stopped. What was found so far is kept.")
WITHHOLDING = _("These records are being withheld now. Each person is told.")


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("review.view")
def runs(request: SignedInRequest) -> HttpResponse:
    """Every run, the latest first, and the form that starts another one."""
    form = StartForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not request.user.may("review.run"):
        raise PermissionDenied
    if form.is_bound and form.is_valid():
        try:
            return redirect(actions.start(scope=form.scope(), by=request.user, at=timezone.now()))
        except LinkError as refusal:
            form.add_error(None, str(refusal))
    found = ReviewRun.objects.select_related("institution").order_by("-pk")
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [pages.row(run) for run in shown]
    context = {"form": form, "page": shown, "rows": rows, "may_run": request.user.may("review.run")}
    return render(request, "reviewing/list.html", context)


@require_GET
@right_required("review.view")
def run(request: SignedInRequest, run_id: str) -> HttpResponse:
    """What one run found, or how far it is."""
    context = pages.page(found(run_id)) | {"may_run": request.user.may("review.run")}
    return render(request, "reviewing/run.html", context)


@require_GET
@right_required("review.view")
def progress(request: SignedInRequest, run_id: str) -> HttpResponse:
    """How far it is, for the page that asks every two seconds; once it is over the page is loaded anew."""
    run = found(run_id)
    if run.state != ReviewRun.State.OPEN:
        return HttpResponseClientRefresh() if request.htmx else redirect(run)  # type: ignore[attr-defined]
    return render(request, "reviewing/progress.html", pages.progress(run))


@require_POST
@right_required("review.run")
def go_on(request: SignedInRequest, run_id: str) -> HttpResponse:
    """Go on with a run that was left in the middle."""
    return done(request, run_id, actions.go_on, GOES_ON)


@require_POST
@right_required("review.run")
def cancel(request: SignedInRequest, run_id: str) -> HttpResponse:
    """Stop a run before its end."""
    return done(request, run_id, actions.cancel, CANCELLED)


@require_POST
@right_required("review.run")
def take_up(request: SignedInRequest, run_id: str) -> HttpResponse:
    """Go on with a run that somebody stopped."""
    return done(request, run_id, actions.take_up, GOES_ON)


@require_POST
@right_required("review.run")
def withhold(request: SignedInRequest, run_id: str) -> HttpResponse:
    """A person looked at a stopped feed: what points to another person in it is withheld after all."""
    run = found(run_id)
    form = WithholdForm(request.POST)
    try:
        if not form.is_valid():
            raise LinkError(actions.NOT_STOPPED)
        actions.withhold(run=run, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, WITHHOLDING)
    except LinkError as refusal:
        messages.error(request, str(refusal))
    return redirect(run)


@require_GET
@right_required("review.view")
def download(request: SignedInRequest, run_id: str) -> HttpResponse:
    """What the run found, counted, for spreadsheets."""
    run = found(run_id)
    return file(run, "findings", report.as_csv(run))


@require_GET
@right_required("review.view")
def whole(request: SignedInRequest, run_id: str) -> HttpResponse:
    """Every figure of the run's page, for spreadsheets."""
    run = found(run_id)
    return file(run, "review", report_file.as_csv(run))


def file(run: ReviewRun, name: str, content: str) -> HttpResponse:
    """A file to keep, named after the run's beginning."""
    kept = {"Content-Disposition": f'attachment; filename="{name}-{run.started_at:%Y%m%d-%H%M}.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=kept)


def done(request: SignedInRequest, run_id: str, deed: Callable[..., None], words: Promise) -> HttpResponse:
    """Do it to the run, and say so on its page, or why not."""
    run = found(run_id)
    try:
        deed(run=run, by=request.user, at=timezone.now())
        messages.success(request, str(words))
    except LinkError as refusal:
        messages.error(request, str(refusal))
    return redirect(run)


def found(run_id: str) -> ReviewRun:
    """The run; 404 where there is none."""
    return get_object_or_404(ReviewRun.objects.select_related("institution"), public_id=run_id)
