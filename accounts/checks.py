"""What `check --deploy` says about sign-in."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def staff_need_a_passkey(**_which: Any) -> list[CheckMessage]:
    """A production where a password alone opens the desk is warned of."""
    if settings.STAFF_PASSKEY_REQUIRED:
        return []
    return [
        Warning(
            "Staff may come in without a passkey: a password that somebody fished opens residents' data.",
            hint="Take STAFF_PASSKEY_REQUIRED=0 out of the environment.",
            id="accounts.W001",
        )
    ]
