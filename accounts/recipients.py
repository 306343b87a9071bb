"""Who is told about a resident, and how they are reached; notices call this through settings."""

import datetime

from django.db.models import Q

from accounts.models import Authority, Binding, User
from notices.recipients import Recipient


def reachable(resident_id: int, *, on: datetime.date) -> list[Recipient]:
    """The resident's own sign-in and those who may act for the resident on that day."""
    own = Binding.objects.current().filter(resident=resident_id).values("user")
    agents = Authority.objects.valid(on=on).filter(subject=resident_id).values("agent")
    users = User.objects.filter(Q(pk__in=own) | Q(pk__in=agents), is_active=True).order_by("pk")
    return [Recipient(user_id=user.pk, email=user.email) for user in users]
