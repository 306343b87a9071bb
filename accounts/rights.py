"""Which role may do what: one table, read by every view and every action of staff."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

View = Callable[..., HttpResponseBase]

ROLES = {
    "support": _("Support agent"),
    "supervisor": _("Supervisor"),
    "officer": _("Officer of an institution"),
    "auditor": _("Auditor"),
    "data_officer": _("Data officer"),
}

RIGHTS = {
    "desk.view": {"support", "supervisor", "auditor"},
    "desk.work": {"support", "supervisor"},
    "desk.approve": {"supervisor"},
    "incidents.view": {"support", "supervisor", "auditor", "data_officer"},
    "incidents.work": {"support", "supervisor"},
    "incidents.approve": {"supervisor"},
    "inquiries.answer": {"officer"},
    # an officer sees and decides what is their own insurer's: certificates.models.Seat
    "certificates.view": {"support", "supervisor", "auditor", "officer"},
    "certificates.issue": {"support", "supervisor", "officer"},
    "certificates.everywhere": {"support", "supervisor", "auditor"},
    "identity.view": {"support", "supervisor", "auditor"},
    "identity.work": {"support", "supervisor"},
    "identity.approve": {"supervisor"},
    "protection.work": {"support", "supervisor"},
    "protection.look": {"support", "supervisor"},
    "protection.approve": {"supervisor"},
    "residents.look": {"support", "supervisor"},
    "notices.watch": {"supervisor", "auditor", "data_officer"},
    "notices.pace": {"supervisor", "data_officer"},
    "letters.view": {"support", "supervisor", "auditor"},
    "letters.work": {"support", "supervisor"},
    "feeds.view": {"support", "supervisor", "auditor", "data_officer"},
    "feeds.watch": {"supervisor", "data_officer"},
    "feeds.import": {"data_officer"},
    "review.view": {"supervisor", "auditor", "data_officer"},
    "review.run": {"supervisor", "data_officer"},
}


def holds(role: str, right: str) -> bool:
    """Whether the role holds the right; KeyError where nobody has decided about the right."""
    return role in RIGHTS[right]


def right_required(right: str) -> Callable[[View], View]:
    """Refuse with 403 whoever's role does not hold the right."""
    if right not in RIGHTS:
        raise KeyError(right)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated or not request.user.may(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
