"""Whose affairs a page shows: found by public id among those the user may see, and named in the band."""

import datetime

from django.http import Http404

from accounts.models import Resident, User


def subject_or_404(user: User, public_id: str, *, on: datetime.date) -> Resident:
    """The resident with that public id if the user may see them on that day; otherwise nobody is there."""
    found = Resident.objects.visible_to(user, on=on).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def is_own_affair(user: User, resident_id: int, *, on: datetime.date) -> bool:
    """Whether it is about the user or somebody for whom the user may act; staff leave that to a colleague."""
    return Resident.objects.close_to(user, on=on).filter(pk=resident_id).exists()


def may_see(user: User, resident_id: int, *, on: datetime.date) -> bool:
    """Whether it is the user's own person, or one for whom the user may act."""
    return Resident.objects.visible_to(user, on=on).filter(pk=resident_id).exists()


def band(user: User, resident: Resident) -> str:
    """The name for the band at the top of a represented person's pages; empty on one's own."""
    own = Resident.objects.bound_to(user).filter(pk=resident.pk).exists()
    return "" if own else resident.name
