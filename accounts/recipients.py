"""Who is told about a resident, and how they are reached; notices call this through settings."""

import datetime

from django.db.models import Exists, Q

from accounts.models import Authority, Binding, Claim, Resident, User
from accounts.scopes import Deed
from notices.recipients import Recipient

NOTHING = ("", "")


def reachable(
    resident_id: int, *, on: datetime.date, subject: tuple[str, str] = NOTHING, area: str = ""
) -> list[Recipient]:
    """The resident's own sign-in, those who receive notices of that area that day, both sides of a claim.

    Neutral where a protection covers the resident: somebody else may read the mail.
    """
    own = Binding.objects.current().filter(resident=resident_id).values("user")
    allowed = Authority.objects.valid(on=on).allowing(Deed.TOLD, area).filter(subject=resident_id)
    agents = allowed.values("agent")
    kind, key = subject
    # whoever acts for somebody is not told of a protection
    told = Q(pk__in=own) if kind == "protection" else Q(pk__in=own) | Q(pk__in=agents)
    if kind == "claim":
        claims = Claim.objects.filter(public_id=key)
        told |= Q(pk__in=claims.values("user")) | Q(pk__in=claims.values("against__user"))
    neutral = Exists(Resident.objects.covered(on=on).filter(pk=resident_id))
    users = User.objects.filter(told, is_active=True).annotate(neutral=neutral).order_by("pk")
    return [Recipient(user_id=user.pk, email=user.email, neutral=user.neutral) for user in users]
