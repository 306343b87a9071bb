"""The pages on which staff find a person, see who acts for them, and end it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.acting import deciding, pages
from accounts.models import Authority, Resident
from accounts.proposals import answers
from accounts.protection.deciding import look
from accounts.protection.forms import SeekForm
from accounts.requests import SignedInRequest
from accounts.rights import right_required
from accounts.subjects import is_own_affair

ENDED = _("It ended. Both sides are told.")


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("identity.work")
def seek(request: SignedInRequest) -> HttpResponse:
    """The way to a person, by name and day of birth; whoever is found sees that."""
    form = SeekForm(request.POST if request.method == "POST" else None)
    found = form.found() if form.is_bound and form.is_valid() else None
    if found:
        look(found, verb="person.sought", by=request.user, at=timezone.now())
    return render(request, "acting/seek.html", {"form": form, "found": found})


@require_GET
@right_required("identity.work")
def person(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """Who acts for this person, and for whom this person acts."""
    resident = find(request, resident_id)
    given = pages.with_people(Authority.objects.open().order_by("-starts_on", "-pk"))
    for_them, by_them = given.filter(subject=resident), given.filter(agent__in=pages.sign_ins_of(resident))
    helped, helping = pages.helped(for_them), pages.helping(by_them)
    seen = [resident, *(each.authority.subject for each in helping)]
    look(seen, verb="authority.viewed", by=request.user, at=timezone.now())
    context = {"resident": resident, "helpers": helped, "helping": helping}
    return render(request, "acting/person.html", context)


@require_POST
@right_required("identity.work")
def end(request: SignedInRequest, authority_id: str) -> HttpResponse:
    """Nobody may use it any more; one member of staff is enough."""
    given = Authority.objects.open().select_related("agent", "subject")
    authority = get_object_or_404(given, public_id=authority_id)

    def stop() -> None:
        deciding.end_by_staff(authority=authority, by=request.user, at=timezone.now())

    back = reverse("acting:person", args=[authority.subject.public_id])
    return answers.done(request, stop, lambda _none: str(ENDED), back)


def find(request: SignedInRequest, resident_id: str) -> Resident:
    """Anybody else of the register; 403 where it is one's own affair."""
    resident = get_object_or_404(Resident, public_id=resident_id)
    if is_own_affair(request.user, resident.pk, on=timezone.localdate()):
        raise PermissionDenied(deciding.OWN_AFFAIR)
    return resident
