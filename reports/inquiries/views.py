"""The pages of an institution's officers: what their institution is asked, and nothing else."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from accounts.rights import right_required
from reports import actions
from reports.desk.clock import remaining
from reports.inquiries.forms import AnswerForm
from reports.models import Inquiry
from reports.models.inquiries import InquiryQuerySet

PAGE = 50


def scope(request: SignedInRequest) -> InquiryQuerySet:
    """What this officer may see; the list and the page of one read the same."""
    seen = Inquiry.objects.seen_by(request.user)
    return seen.select_related("institution", "report__link__institution", "report__institution")


@require_GET
@right_required("inquiries.answer")
def inquiries(request: SignedInRequest) -> HttpResponse:
    """What waits for the institution, the clock that runs out next first."""
    page = Paginator(scope(request).open().next_first(), PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    rows = [(inquiry, *remaining(inquiry.answer_by, today)) for inquiry in page]
    return render(request, "inquiries/list.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("inquiries.answer")
def inquiry(request: SignedInRequest, inquiry_id: str) -> HttpResponse:
    """One question with the institution's own record; its answer."""
    asked = get_object_or_404(scope(request), public_id=inquiry_id)
    form = AnswerForm(request.POST if request.method == "POST" else None, inquiry=asked)
    if form.is_bound and form.is_valid():
        try:
            actions.answer_inquiry(inquiry=asked, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.ReportError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Your answer is with our support."))
            return redirect("inquiries:list")
    actions.open_inquiry(inquiry=asked, by=request.user, at=timezone.now())
    return render(request, "inquiries/inquiry.html", {"inquiry": asked, "form": form})
