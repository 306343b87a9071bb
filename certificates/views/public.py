"""The public check: anybody who holds a certificate's number or code, without sign-in."""

from allauth.core.internal.ratelimit import consume
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from certificates.checking import Answer, Checked, typed_number
from certificates.checking import check as ask
from certificates.forms import CheckForm
from certificates.wording import FAULTS

# a code is signed and cannot be guessed; a number is short enough to be tried by a machine
NUMBERS = {"number": "30/m/ip"}


@require_GET
@login_not_required
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """One of four answers to a number, a code or a QR's address."""
    form = CheckForm(request.GET if "code" in request.GET else None)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        checked = ask(code, at=timezone.now()) if may_ask(request, code) else Checked(Answer.UNAVAILABLE)
        context |= {
            "checked": checked,
            "fault": FAULTS[checked.fault] if checked.fault else "",
            "form": CheckForm(),
        }
    return render(request, "certificates/check.html", context)


def may_ask(request: HttpRequest, code: str) -> bool:
    """Whether this is no number, or one of the first thirty that came from this address in a minute."""
    if not typed_number(code):
        return True
    return bool(consume(request, app="certificates", action="number", config=NUMBERS, limit_get=True))
