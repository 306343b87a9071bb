"""The page for the code, and the one after it: neither shows anything about anybody."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.display import chosen_language, is_simple
from accounts.limits import is_among_first
from portal.not_me.actions import disavow
from portal.not_me.forms import CodeForm
from reports.clocks import DAYS, working_days_after
from reports.kinds import State

CODES_A_MINUTE = 10
SENT = "disavowed"
NOT_VALID = _(
    "This code does not work (any more). Please compare it with the notice. "
    "If you sent it a moment ago, we have it. Otherwise please call us."
)
TOO_FAST = _("That was too often. Please wait a minute and try again, or call us.")
STOP = _("Stop it now")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def not_me(request: HttpRequest) -> HttpResponse:
    """One field for the code; every code that opens nothing gets the same answer."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and sent(request, form):
        return redirect("portal:disavowed")
    return render(request, "portal/not_me.html", {"form": form, "action": STOP})


def sent(request: HttpRequest, form: forms.Form) -> bool:
    """Whether the code made a case, whose number is kept for the next page; otherwise the form says why."""
    at = timezone.now()
    if not is_among_first(CODES_A_MINUTE, what="not-me", request=request, at=at):
        form.add_error("code", TOO_FAST)
        return False
    how = {"language": chosen_language(request), "simple": is_simple(request)}
    report = disavow(code=form.cleaned_data["code"], at=at, **how)  # type: ignore[arg-type]
    if report is None:
        form.add_error("code", NOT_VALID)
        return False
    request.session[SENT] = report.number
    return True


@require_GET
@login_not_required
@never_cache
def disavowed(request: HttpRequest) -> HttpResponse:
    """The number of the case and what happens next: the same words and day whatever the notice told."""
    number = request.session.get(SENT)
    if not number:
        return redirect("portal:not_me")
    latest = working_days_after(timezone.localdate(), max(DAYS[State.RECEIVED].values()))
    return render(request, "portal/disavowed.html", {"number": number, "latest": latest})
