"""The pages on which staff import files, watch that, and undo it."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from accounts.requests import SignedInRequest
from accounts.rights import right_required
from links.actions import LinkError
from links.models import FeedImport, Job, Upload
from links.uploads import actions, pages, wording
from links.uploads.forms import FeedForm, FileForm, LimitForm, RegisterForm, RollBackForm
from links.uploads.receiving import Received, SealedUploads

PAGE = 50
CSV = "text/csv; charset=utf-8"
THROWN_AWAY = _("The file was thrown away. Nothing of it was stored.")
right = right_required("feeds.import")


@require_GET
@right
def imports(request: SignedInRequest) -> HttpResponse:
    """What was imported, and what waits."""
    found = FeedImport.objects.of_files().select_related("institution", "started_by")
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "imports/list.html", pages.listed(shown))


@require_http_methods(["GET", "HEAD", "POST"])
@right
def feed(request: SignedInRequest) -> HttpResponse:
    """How a feed is to be read."""
    return begun(request, FeedForm, Upload.Kind.FEED)


@require_http_methods(["GET", "HEAD", "POST"])
@right
def register(request: SignedInRequest) -> HttpResponse:
    """How the register is to be read."""
    return begun(request, RegisterForm, Upload.Kind.REGISTER)


def begun(request: SignedInRequest, form_of: type[forms.Form], kind: Upload.Kind) -> HttpResponse:
    """How a file is to be read that comes next; what the address says of it is filled in."""
    form = form_of(request.POST) if request.method == "POST" else form_of(initial=request.GET.dict())
    if form.is_valid():
        upload = actions.begin(kind=kind, by=request.user, at=timezone.now(), **form.cleaned_data)
        return redirect(upload)
    return render(request, f"imports/{kind}.html", {"form": form})


@require_GET
@right
def upload(request: SignedInRequest, upload_id: str) -> HttpResponse:
    """One file: to be chosen, being checked, to be decided about, or imported."""
    return shown(request, found(upload_id))


@csrf_exempt  # reading the token would take the file in before we can say how; `received` checks it
@require_http_methods(["GET", "HEAD", "POST"])
@right
def file(request: SignedInRequest, upload_id: str) -> HttpResponse:
    """Take the file in: sealed while it comes."""
    request.upload_handlers = [SealedUploads(request)]
    answer: HttpResponse = received(request, found(upload_id))
    if answer.status_code == HTTPStatus.FORBIDDEN:
        discard(request)
    return answer


@csrf_protect
def received(request: SignedInRequest, upload: Upload) -> HttpResponse:
    """Keep the file that came and have it checked, or say what is wrong with it."""
    if request.method != "POST":
        return redirect(upload)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid() or not kept(request, upload, form):
        discard(request)
        return shown(request, upload, file_form=form)
    return redirect(upload)


def kept(request: SignedInRequest, upload: Upload, form: FileForm) -> bool:
    """Keep the file; False where the form now says why not."""
    file: Received = form.cleaned_data["file"]
    try:
        actions.receive(upload=upload, file=file, by=request.user, at=timezone.now())
    except LinkError as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def discard(request: SignedInRequest) -> None:
    """Delete what came with a request that is not kept."""
    for file in request.FILES.values():
        if isinstance(file, Received):
            file.discard()


@require_POST
@right
def check(request: SignedInRequest, upload_id: str) -> HttpResponse:
    """Check the same file again, perhaps with another limit."""
    upload = found(upload_id)
    form = LimitForm(request.POST)
    if "max_removed" in request.POST and not form.is_valid():
        return shown(request, upload, limit_form=form)
    limit = form.cleaned_data["max_removed"] if form.is_valid() else None
    try:
        actions.check_again(upload=upload, max_removed=limit, by=request.user, at=timezone.now())
    except LinkError as refusal:
        messages.error(request, str(refusal))
    return redirect(upload)


@require_POST
@right
def confirm(request: SignedInRequest, upload_id: str) -> HttpResponse:
    """Import the file as it was checked."""
    upload = found(upload_id)
    try:
        actions.confirm(upload=upload, seen=request.POST.get("seen", ""), by=request.user, at=timezone.now())
    except LinkError as refusal:
        messages.error(request, str(refusal))
    return redirect(upload)


@require_POST
@right
def throw_away(request: SignedInRequest, upload_id: str) -> HttpResponse:
    """Delete the file without importing it."""
    upload = found(upload_id)
    try:
        actions.throw_away(upload=upload, by=request.user, at=timezone.now())
    except LinkError as refusal:
        messages.error(request, str(refusal))
        return redirect(upload)
    messages.success(request, str(THROWN_AWAY))
    return redirect("imports:list")


@require_GET
@right
def feed_import(request: SignedInRequest, import_id: str) -> HttpResponse:
    """One import of a feed, however it was made."""
    return render(request, "imports/feed_import.html", pages.of_import(found_import(import_id)))


@require_http_methods(["GET", "HEAD", "POST"])
@right
def roll_back(request: SignedInRequest, import_id: str) -> HttpResponse:
    """What undoing an import would do, what stands in the way, and the reason."""
    undone = found_import(import_id)
    form = RollBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            job = actions.roll_back(
                feed_import=undone, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return redirect(job)
        except LinkError as refusal:
            form.add_error(None, str(refusal))
    return render(request, "imports/roll_back.html", pages.before_roll_back(undone) | {"form": form})


@require_POST
@right
def export(request: SignedInRequest) -> HttpResponse:
    """Have the findings written."""
    try:
        return redirect(actions.export(by=request.user, at=timezone.now()))
    except LinkError as refusal:
        messages.error(request, str(refusal))
        return redirect("imports:list")


@require_GET
@right
def job(request: SignedInRequest, job_id: str) -> HttpResponse:
    """One piece of work; that on a file stands on the file's page."""
    work = found_job(job_id)
    return redirect(work.upload) if work.upload else render(request, "imports/job.html", pages.of_job(work))


@require_GET
@right
def progress(request: SignedInRequest, job_id: str) -> HttpResponse:
    """How far it is, as a fragment; the whole page anew once it is over."""
    work = found_job(job_id)
    if "HX-Request" not in request.headers:
        return redirect(work)
    if not work.is_live:
        return HttpResponseClientRefresh()
    return render(request, "imports/progress.html", pages.watched(work))


@require_GET
@right
def rejects(request: SignedInRequest, job_id: str) -> HttpResponseBase:
    """The rejected rows as a file for their sender."""
    work = found_job(job_id, kind__in=[Job.Kind.TRY, Job.Kind.IMPORT])
    try:
        content = actions.fetch_rejects(job=work, by=request.user, at=timezone.now())
    except LinkError as refusal:
        messages.error(request, str(refusal))
        return redirect(work)
    return FileResponse(content, content_type=CSV, as_attachment=True, filename=wording.rejects_name(work))


@require_POST
@right
def findings(request: SignedInRequest, job_id: str) -> HttpResponseBase:
    """The findings as a file, once."""
    work = found_job(job_id, kind=Job.Kind.EXPORT)
    try:
        content = actions.fetch_findings(job=work, by=request.user, at=timezone.now())
    except LinkError as refusal:
        messages.error(request, str(refusal))
        return redirect(work)
    return FileResponse(content, content_type=CSV, as_attachment=True, filename="findings.csv")


def shown(request: SignedInRequest, upload: Upload, **forms: forms.Form) -> HttpResponse:
    """The page of a file as far as it is."""
    context = pages.page(upload) | forms
    return render(request, f"imports/{context['stage']}.html", context)


def found(upload_id: str) -> Upload:
    """The upload; 404 otherwise."""
    return get_object_or_404(Upload.objects.select_related("created_by"), public_id=upload_id)


def found_import(import_id: str) -> FeedImport:
    """The import; 404 otherwise."""
    known = FeedImport.objects.select_related("institution", "started_by", "rolled_back_by")
    return get_object_or_404(known, public_id=import_id)


def found_job(job_id: str, **wanted: object) -> Job:
    """The job; 404 otherwise."""
    known = Job.objects.select_related("upload", "feed_import__institution", "asked_by")
    return get_object_or_404(known, public_id=job_id, **wanted)
