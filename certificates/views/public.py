"""The public check: anybody who holds a certificate's number or code, without sign-in."""

import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.limits import is_among_first
from certificates.checking import Answer, Checked, typed_number
from certificates.checking import check as ask
from certificates.forms import CheckForm
from certificates.wording import FAULTS

# a code is signed and cannot be guessed; a number is short enough to be tried by a machine
NUMBERS_A_MINUTE = 30


@require_GET
@login_not_required
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """One of four answers to a number, a code or a QR's address."""
    form = CheckForm(request.GET if "code" in request.GET else None)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        code, now = form.cleaned_data["code"], timezone.now()
        checked = ask(code, at=now) if may_ask(request, code, at=now) else Checked(Answer.UNAVAILABLE)
        context |= {
            "checked": checked,
            "fault": FAULTS[checked.fault] if checked.fault else "",
            "form": CheckForm(),
        }
    return render(request, "certificates/check.html", context)


def may_ask(request: HttpRequest, code: str, *, at: datetime.datetime) -> bool:
    """Whether this is no number, or one of the first thirty that came from this address in a minute."""
    return not typed_number(code) or is_among_first(
        NUMBERS_A_MINUTE, what="certificate-number", request=request, at=at
    )
