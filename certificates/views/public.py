"""The public check: anybody who holds a certificate's number or code, without sign-in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from certificates.checking import check as ask
from certificates.forms import CheckForm
from certificates.wording import FAULTS


@require_GET
@login_not_required
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """One of four answers to a number, a code or a QR's address."""
    form = CheckForm(request.GET if "code" in request.GET else None)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        checked = ask(form.cleaned_data["code"], at=timezone.now())
        context |= {
            "checked": checked,
            "fault": FAULTS[checked.fault] if checked.fault else "",
            "form": CheckForm(),
        }
    return render(request, "certificates/check.html", context)
