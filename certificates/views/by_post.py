"""The application without sign-in: it shows nothing of anybody and gives everybody the same answer."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import is_among_first
from accounts.one_by_one import Questions
from certificates.by_post import ask_by_post
from certificates.forms import TOO_MANY, ByPostForm

MOST, AN_HOUR = 5, 3600


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Who one is and why; sent, the same page for everybody."""
    form, now = ByPostForm(request.POST or None), timezone.now()
    questions = Questions(request, form)
    if questions.finished:
        if is_among_first(MOST, what="certificate-by-post", request=request, at=now, seconds=AN_HOUR):
            ask_by_post(claims=form.person(), why=form.cleaned_data["why"], at=now)
            return redirect("certificates:by_post_sent")
        form.add_error(None, TOO_MANY)
    context = {
        "question": _("Get the certificate by post"),
        "hint": _(
            "For those who cannot sign in. "
            "We send the fallback certificate (資格確認書) on paper to your registered address."
        ),
        "assurance": _("Nobody can see your data here. It is free of charge."),
        "action": _("Send the application"),
    }
    return render(request, "certificates/by_post.html", context | questions.context())


@require_GET
@login_not_required
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next, whoever it was."""
    return render(request, "certificates/by_post_sent.html")
