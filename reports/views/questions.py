"""Report a problem: the questions, one a page, and the last look before it is sent."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.display import chosen_language, is_simple
from accounts.free_text import half_written
from accounts.models import User
from accounts.requests import SignedInRequest
from links import actions as links
from links.models import Link
from reports import actions, progress
from reports.attachments import of_draft
from reports.forms import QUESTIONS, answers_of
from reports.journey import Place, check_url, last_page, question_url
from reports.kinds import Kind, Reach
from reports.models import Draft, Report
from reports.views.scope import first_report, framed, reportable, visible

# the switches of the header send the page's own form, so that nothing typed is lost
SWITCHES = {"language": "set_language", "simple": "portal:display"}
DISCARD_IT, DISCARD = _("Do you want to delete what you answered?"), _("Yes, delete it")


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
        if form.cleaned_data.get("kind") == Kind.SAW_OTHER:
            return redirect("reports:sent", sent_at_once(request, link).public_id)
        actions.keep(link=link, answers=form.cleaned_data, by=request.user, at=timezone.now())
        return redirect(place.next_url)
    links.view(link=link, by=request.user, at=timezone.now())
    return render(request, "reports/question.html", framed(request, link) | place.page() | {"form": form})


def sent_at_once(request: SignedInRequest, link: Link) -> Report:
    """Another person's information was shown: the record is hidden now, and nothing more is asked."""
    answers = {"kind": Kind.SAW_OTHER, "reach_by": Reach.PORTAL}
    return actions.file(link=link, answers=answers, **how(request))


def how(request: SignedInRequest) -> dict[str, Any]:
    """Who reports, when, in which language and version."""
    return {
        "language": chosen_language(request),
        "simple": is_simple(request),
        "by": request.user,
        "at": timezone.now(),
    }


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
        report = actions.file(link=link, answers=answers, **how(request))
        return redirect("reports:sent", report.public_id)
    files = of_draft(request.user, link)
    links.view(link=link, by=request.user, at=timezone.now())
    return render(request, "reports/check.html", framed(request, link) | last_page(link, draft, files))


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: SignedInRequest, link_id: str) -> HttpResponse:
    """Ask once whether it is meant, then delete the answers and files that were not sent."""
    link = reportable(request, link_id)
    if request.method == "POST":
        actions.discard(link=link, by=request.user, at=timezone.now())
        messages.success(request, _("Your answers and files were deleted."))
        return redirect(link)
    links.view(link=link, by=request.user, at=timezone.now())
    context = {"link": link, "question": DISCARD_IT, "action": DISCARD, "back_url": check_url(link)}
    return render(request, "reports/discard.html", context | framed(request, link))


@require_GET
def sent(request: SignedInRequest, report_id: str) -> HttpResponse:
    """The report's number, what happens next, and by when."""
    report = visible(request, report_id)
    actions.open_report(report=report, by=request.user, at=timezone.now())
    context = {"report": report, "standing": progress.standing(report), "done": progress.done_at_once(report)}
    return render(request, "reports/sent.html", context | framed(request, report))


def kept(user: User, link: Link) -> dict[str, Any]:
    """The answers of the user's draft about the record."""
    draft = Draft.objects.filter(user=user, link=link).first()
    return draft.answers if draft else {}
