"""Who else looks at a case right now: kept for a minute in the cache, never stored."""

import datetime

from django.core.cache import cache

from accounts.models import User
from reports.models import Report

ASKED_EVERY = 20  # seconds; the page says that it is still open
GONE_AFTER = datetime.timedelta(seconds=60)


def look(report: Report, user: User, *, at: datetime.datetime) -> list[str]:
    """Note that this person looks; the names of the others who do."""
    key = f"viewing:{report.public_id}"
    seen: dict[int, tuple[str, datetime.datetime]] = cache.get(key) or {}
    present = {pk: who for pk, who in seen.items() if at - who[1] < GONE_AFTER}
    present[user.pk] = (user.name, at)
    cache.set(key, present, timeout=GONE_AFTER.total_seconds())
    return sorted(name for pk, (name, _at) in present.items() if pk != user.pk)
