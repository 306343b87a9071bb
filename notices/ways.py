"""Which channels lead to a person for a kind of notice, and from when on."""

import datetime
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from notices.channels import CHANNELS
from notices.models import Preference
from notices.policy import Policy
from notices.recipients import Recipient

JAPAN = ZoneInfo("Asia/Tokyo")


def ways_of(
    recipients: Iterable[Recipient], chosen: Mapping[int, Preference], policy: Policy
) -> dict[int, list[str]]:
    """The channels that lead to each recipient, in order; what is legal goes whatever was chosen."""
    return {
        who.user_id: [
            code
            for code, channel in CHANNELS.items()
            if channel.address(who) and (policy.legal or not is_off(chosen.get(who.user_id), policy, code))
        ]
        for who in recipients
    }


def is_off(preference: Preference | None, policy: Policy, channel: str) -> bool:
    """Whether the person wants none of this group by this channel."""
    return preference is not None and f"{policy.group}:{channel}" in preference.switched_off


def not_before(preference: Preference | None, policy: Policy, now: datetime.datetime) -> datetime.datetime:
    """When it may go out: now, or when the person's quiet hours in Japan end."""
    if preference is None or policy.urgent or preference.quiet_from is None or preference.quiet_until is None:
        return now
    clock = now.astimezone(JAPAN)
    if not is_within(clock.time(), preference.quiet_from, preference.quiet_until):
        return now
    end = datetime.datetime.combine(clock.date(), preference.quiet_until, JAPAN)
    return end if end > clock else end + datetime.timedelta(days=1)


def is_within(time: datetime.time, start: datetime.time, end: datetime.time) -> bool:
    """Whether the clock stands between start and end, which may lie beyond midnight."""
    return start <= time < end if start <= end else time >= start or time < end
