"""The pages on which staff see how notices go out, set the pace of fan-outs, and read every kind."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from accounts.rights import right_required
from notices.actions import pace
from notices.channels import WORDS
from notices.fanning import fan_out
from notices.kinds import KINDS
from notices.policy import policy
from notices.watching import figures
from notices.wording import letter
from portal.outbox.forms import PaceForm

EXAMPLE_CODE = "0000-0000-0000-0000"


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("notices.watch")
def outbox(request: SignedInRequest) -> HttpResponse:
    """What waits, how fast it goes, what fails; and the pace of fan-outs."""
    present = fan_out()
    initial = {"a_second": present.a_second, "paused": present.paused_at is not None}
    form = PaceForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound:
        if not request.user.may("notices.pace"):
            raise PermissionDenied
        if form.is_valid():
            pace(**form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("Saved. It counts from the next seconds on."))
            return redirect("portal:outbox")
    context = {
        "figures": (found := figures()),
        "states": named(found.states),
        "failures": named(found.failures),
        "form": form,
        "fan_out": present,
        "may_pace": request.user.may("notices.pace"),
    }
    return render(request, "outbox/outbox.html", context)


def named(counts: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """The same with what each channel is called."""
    return [(str(WORDS.get(channel, channel)), what, count) for channel, what, count in counts]


@require_GET
@right_required("notices.watch")
def kinds(request: SignedInRequest) -> HttpResponse:
    """What each kind says in the languages that are whole, as a mail and on a small screen."""
    languages = [code for code, _name in settings.LANGUAGES if code not in settings.STARTED_LANGUAGES]
    rows = [
        {
            "kind": kind,
            "title": words.title,
            "policy": policy(kind),
            "warns": words.warns,
            "letters": [
                (
                    get_language_info(code),
                    letter(kind, language=code, code=EXAMPLE_CODE if words.warns else ""),
                )
                for code in languages
            ],
        }
        for kind, words in KINDS.items()
    ]
    return render(request, "outbox/kinds.html", {"rows": rows})
