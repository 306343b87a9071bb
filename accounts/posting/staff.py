"""The page on which staff print notices and enter the letters that came back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from accounts.posting.forms import ReturnedForm
from accounts.posting.printing import AT_ONCE, bundle, print_batch
from accounts.posting.returning import note_returned
from accounts.refusal import AccountError
from accounts.requests import SignedInRequest
from accounts.rights import right_required
from notices.models import Delivery, LetterBatch

BATCHES = 20


@require_GET
@right_required("letters.view")
def listing(request: SignedInRequest) -> HttpResponse:
    """What waits for paper, the last batches, and the form for what came back."""
    return render(request, "posting/list.html", shown(request.user))


def shown(reader: User, form: ReturnedForm | None = None) -> dict[str, Any]:
    """What the page shows."""
    return {
        "waiting": Delivery.objects.letters_to_print().count(),
        "batches": LetterBatch.objects.order_by("-printed_at")[:BATCHES],
        "form": form or ReturnedForm(),
        "may_work": reader.may("letters.work"),
        "most": AT_ONCE,
    }


@require_POST
@right_required("letters.work")
def print_waiting(request: SignedInRequest) -> HttpResponse:
    """Take the letters that wait as a batch, which can then be fetched."""
    try:
        batch = print_batch(by=request.user, at=timezone.now())
        messages.success(request, _("Batch %(code)s is ready to be fetched.") % {"code": batch.code})
    except AccountError as refusal:
        messages.error(request, str(refusal))
    return redirect("posting:list")


@require_POST
@right_required("letters.work")
def fetch(request: SignedInRequest, code: str) -> HttpResponse:
    """The batch for the letter shop: PDF and manifest in a ZIP."""
    batch = get_object_or_404(LetterBatch, code=code)
    try:
        held = bundle(batch=batch, by=request.user, at=timezone.now())
    except AccountError as refusal:
        messages.error(request, str(refusal))
        return redirect("posting:list")
    name = {"Content-Disposition": f'attachment; filename="letters-{batch.code}.zip"'}
    return HttpResponse(held, content_type="application/zip", headers=name)


@require_POST
@right_required("letters.work")
def returned(request: SignedInRequest) -> HttpResponse:
    """Enter a letter that came back."""
    form = ReturnedForm(request.POST)
    if form.is_valid():
        try:
            note_returned(number=form.cleaned_data["number"], by=request.user, at=timezone.now())
            messages.success(request, _("Noted. Nothing is posted to this address any more."))
            return redirect("posting:list")
        except AccountError as refusal:
            form.add_error("number", str(refusal))
    return render(request, "posting/list.html", shown(request.user, form))
