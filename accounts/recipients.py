"""Who is told about a resident, and how they are reached; notices call this through settings."""

import datetime

from django.db.models import Q

from accounts.models import Authority, Binding, Claim, User
from accounts.scopes import Deed
from notices.recipients import Recipient

NOTHING = ("", "")


def reachable(
    resident_id: int, *, on: datetime.date, subject: tuple[str, str] = NOTHING, area: str = ""
) -> list[Recipient]:
    """The resident's own sign-in, those who receive notices of that area that day, both sides of a claim."""
    own = Binding.objects.current().filter(resident=resident_id).values("user")
    agents = Authority.objects.valid(on=on).allowing(Deed.TOLD, area).filter(subject=resident_id)
    told = Q(pk__in=own) | Q(pk__in=agents.values("agent"))
    kind, key = subject
    if kind == "claim":
        claims = Claim.objects.filter(public_id=key)
        told |= Q(pk__in=claims.values("user")) | Q(pk__in=claims.values("against__user"))
    users = User.objects.filter(told, is_active=True).order_by("pk")
    return [Recipient(user_id=user.pk, email=user.email) for user in users]
