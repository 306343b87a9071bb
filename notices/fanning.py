"""Notices to very many people: they wait in the table, and so many a second are queued.

The broker never holds more of them than a few seconds' worth, so that a pause works at once and single
notices find the workers free. What is taken is read from a small index of what is not settled, and counted
no further than the pace.
"""

from django.utils import timezone

from notices.claiming import take
from notices.models import FanOut, Notice

# as often as the pump runs (portal/schedule.py)
SECONDS = 5
# what is under way may be so many rounds: past it workers are slower than the pace
ROUNDS_AHEAD = 2


def fan_out() -> FanOut:
    """How fan-outs go at present."""
    return FanOut.objects.filter(pk=1).first() or FanOut(pk=1)


def take_paced() -> list[int]:
    """The ids that are queued now: none in a pause, and no more than the workers kept up with."""
    pace = fan_out()
    if pace.paused_at is not None:
        return []
    round_ = pace.a_second * SECONDS
    ahead = Notice.objects.under_way(at=timezone.now()).values("pk")[: ROUNDS_AHEAD * round_].count()
    room = min(round_, ROUNDS_AHEAD * round_ - ahead)
    return [notice.pk for notice in take(most=room, bulk=True)] if room > 0 else []
