"""Whose affairs a page shows: found by public id among those the user may see, and named in the band."""

import datetime

from django.http import Http404

from accounts.models import Resident, User
from accounts.models.register import ResidentQuerySet
from accounts.scopes import Deed


def subject_or_404(
    user: User, public_id: str, *, on: datetime.date, to: Deed | None = None, area: str = ""
) -> Resident:
    """The resident with that public id if the user may see them, or do that, on that day; otherwise 404."""
    seen = Resident.objects.visible_to(user, on=on)
    scope = Resident.objects.permitted_to(user, to, area, on=on) if to else seen
    return one_or_404(scope, public_id)


def whole_subject_or_404(user: User, public_id: str, *, on: datetime.date) -> Resident:
    """The same for what is in no area: oneself, and those in whose place a parent or guardian stands."""
    return one_or_404(Resident.objects.wholly_visible_to(user, on=on), public_id)


def one_or_404(scope: ResidentQuerySet, public_id: str) -> Resident:
    """The one of them with that public id."""
    found = scope.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def is_own_affair(user: User, resident_id: int, *, on: datetime.date) -> bool:
    """Whether it is about the user or somebody for whom the user may act; staff leave that to a colleague."""
    return Resident.objects.close_to(user, on=on).filter(pk=resident_id).exists()


def may(user: User, deed: Deed, resident_id: int, *, area: str, on: datetime.date) -> bool:
    """Whether it is the user's own person, or one for whom the user may do this in that area."""
    return Resident.objects.permitted_to(user, deed, area, on=on).filter(pk=resident_id).exists()


def band(user: User, resident: Resident) -> str:
    """The name for the band at the top of a represented person's pages; empty on one's own."""
    own = Resident.objects.bound_to(user).filter(pk=resident.pk).exists()
    return "" if own else resident.name
