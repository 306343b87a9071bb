"""Who is told about a resident, and how they are reached; notices call this through settings."""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.models import Authority, Binding, Claim, Resident, Telephone, User
from accounts.scopes import Deed
from notices.models import PushSubscription
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
    users = User.objects.filter(told, is_active=True).annotate(
        neutral=neutral,
        phone=Subquery(own_telephone.values("number")),
        pushes=Exists(PushSubscription.objects.filter(user=OuterRef("pk"))),
        alone=Exists(Telephone.objects.alone().filter(user=OuterRef("pk"))),
    )
    return [recipient(user) for user in users.order_by("pk")]


# of the row of a query about sign-ins
own_telephone = Telephone.objects.proven().filter(user=OuterRef("pk"))


def recipient(user: Any) -> Recipient:
    """How an annotated sign-in is reached; of a protection no telephone learns that others read too."""
    phone = "" if user.neutral and not user.alone else user.phone or ""
    pushes = user.pushes and bool(settings.PUSH_KEY)
    return Recipient(user.pk, user.email, phone=phone, pushes=pushes, neutral=user.neutral)
