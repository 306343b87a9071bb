"""Whether somebody may be let act for a person now."""

import datetime

from django.utils.timezone import localdate

from accounts.models import Lock, Resident
from accounts.refusal import LOCKED, NO_AGENTS, AccountError


def refuse_agents(resident: Resident, *, at: datetime.datetime) -> None:
    """AccountError where nobody may be let act for the person: without staff, or while all is locked.

    Of a protection it does not tell.
    """
    if Lock.objects.standing().filter(resident=resident).exists():
        raise AccountError(LOCKED)
    if Resident.objects.covered(on=localdate(at)).filter(pk=resident.pk).exists():
        raise AccountError(NO_AGENTS)
