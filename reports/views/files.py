"""Photos and papers: added to a draft, taken out of it, and opened by whoever may see draft or report."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.files.kinds import MOST_FILES
from accounts.files.serving import answer
from accounts.requests import SignedInRequest
from links import actions as links
from links.models import Link
from reports import actions, attachments
from reports.actions.attaching import FULL
from reports.forms import FilesForm
from reports.journey import FILES, Place
from reports.models import Attachment, Report
from reports.views.scope import framed, reportable, visible

ADDED, REMOVED = _("Your files were added."), _("The file was removed.")
NOTHING_CHOSEN = _("Please choose a file first.")


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, link_id: str) -> HttpResponse:
    """The question for photos and papers: several at once or one by one, each taken out again at will."""
    link = reportable(request, link_id)
    place = Place(link, FILES, checking="check" in request.GET)
    form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
    if file_id := request.POST.get("remove"):
        actions.detach(link=link, file_id=file_id, by=request.user)
        messages.success(request, REMOVED)
        return redirect(request.get_full_path())
    if form.is_valid() and add(request, link, form):
        if "add" not in request.POST:
            return redirect(place.next_url)
        messages.success(request, ADDED)
        return redirect(request.get_full_path())
    links.view(link=link, by=request.user, at=timezone.now())
    files = attachments.of_draft(request.user, link)
    context = framed(request, link) | place.page() | {"form": form, "files": files}
    return render(request, "reports/files.html", context | {"full": len(files) >= MOST_FILES})


def add(request: SignedInRequest, link: Link, form: FilesForm) -> bool:
    """Attach what was chosen; False where the form now says why some of it was not taken."""
    chosen = form.cleaned_data["papers"]
    if not chosen and "add" in request.POST:
        form.add_error("papers", NOTHING_CHOSEN)
    for file in chosen[:MOST_FILES]:
        try:
            actions.attach(link=link, file=file, by=request.user, at=timezone.now())
        except actions.ReportError as refusal:
            form.add_error("papers", f"{file.name}: {refusal}")
    if len(chosen) > MOST_FILES:
        form.add_error("papers", FULL)
    return not form.errors


@require_GET
def of_draft(request: SignedInRequest, link_id: str, file_id: str) -> HttpResponse:
    """A file of the user's own draft."""
    kept = Attachment.objects.kept_by(request.user, reportable(request, link_id)).select_related("file")
    attachment = get_object_or_404(kept, file__public_id=file_id)
    content = actions.open_draft_file(attachment=attachment, by=request.user, at=timezone.now())
    return answer(attachment.file, content, name=f"{FILES}-{attachment.place}")


@require_GET
def of_report(request: SignedInRequest, report_id: str, file_id: str) -> HttpResponse:
    """A file of a report that the user may see."""
    report = visible(request, report_id)
    if not report.shows_words_of(report.filed_by_id, request.user):
        raise Http404
    return opened(request, report, file_id)


def opened(request: SignedInRequest, report: Report, file_id: str) -> HttpResponse:
    """The file of a report that this reader may see; 404 where the report has no such file."""
    attachment = get_object_or_404(report.attachments.select_related("file"), file__public_id=file_id)
    content = actions.open_file(attachment=attachment, report=report, by=request.user, at=timezone.now())
    return answer(attachment.file, content, name=f"{report.number}-{attachment.place}")
