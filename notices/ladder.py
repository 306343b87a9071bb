"""Which way a notice takes next: from one channel to the next for each person, and to paper at last."""

from collections.abc import Mapping, Sequence

from notices.channels import CHANNELS
from notices.models import LETTER, Delivery

# whom (None: the registered address) and by which channel
Step = tuple[int | None, str]


def missing(rows: Sequence[Delivery], ways: Mapping[int, Sequence[str]], *, printed: bool) -> list[Step]:
    """The deliveries to write next, given those that exist and each person's channels in order.

    Whoever is not among the recipients of the first time gets nothing of the past.
    """
    told = {row.recipient_id for row in rows}
    steps: list[Step] = []
    for user, channels in ways.items():
        if not rows or user in told:
            own = {row.channel: row for row in rows if row.recipient_id == user}
            steps += [(user, channel) for channel in next_of(channels, own)]
    if steps or not printed or any(may_arrive(row) for row in rows):
        return steps
    return [] if None in told else [(None, LETTER)]


def next_of(channels: Sequence[str], own: Mapping[str, Delivery]) -> list[str]:
    """The first channel not tried yet, where all before it failed for good, and what goes along with it."""
    found: list[str] = []
    for channel in channels:
        if channel not in own:
            found.append(channel)
            if CHANNELS[channel].arrives:
                return found
        elif CHANNELS[channel].arrives and (is_open(own[channel]) or own[channel].state in Delivery.ARRIVED):
            return found
    return found


def may_arrive(row: Delivery) -> bool:
    """Whether somebody was reached by it, or still may be."""
    channel = CHANNELS.get(row.channel)
    return is_open(row) or (row.state in Delivery.ARRIVED and (channel is None or channel.arrives))


def is_open(row: Delivery) -> bool:
    """Whether something may still come of it; a letter is printed some day."""
    return row.due_at is not None or row.state == Delivery.State.QUEUED
