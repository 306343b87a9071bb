"""What a protection does to those who act for somebody, in the transaction that sets it."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from accounts.acting.ending import Ending, end
from accounts.models import Authority, Resident


@transaction.atomic
def end_stopped(near: Resident, *, at: datetime.datetime) -> int:
    """End every authority that a protection stops in one person's household; how many.

    It is the service that ends them, and the agents are told that they ended, not why. What the register
    protects is ended by accounts.acting.ending.end_due.
    """
    home = Q(subject__household_code=near.household_code) & ~Q(subject__household_code="")
    stopped = Authority.objects.stopped(on=localdate(at)).filter(Q(subject=near) | home)
    ended = list(stopped.select_related("agent", "subject").order_by("pk"))
    return sum(end(authority, why=Ending.PROTECTION, by=None, at=at) for authority in ended)
