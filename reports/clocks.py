"""By when something must happen: counted in the days on which Japan's public offices work."""

import datetime
from functools import lru_cache

from links.working_days import is_working_day
from reports.kinds import CLOSED, Severity, State

DAYS_TO_ANSWER = 10
WORST_FIRST = (Severity.OTHER_PERSON, Severity.INSURANCE, Severity.MONEY, Severity.ORDINARY)
# Working days until the next step, by state and severity
DAYS: dict[str, dict[int, int]] = {
    State.RECEIVED: dict(zip(WORST_FIRST, (1, 1, 2, 3), strict=True)),
    State.REOPENED: dict(zip(WORST_FIRST, (1, 1, 2, 2), strict=True)),
    State.TRIAGED: dict(zip(WORST_FIRST, (1, 2, 3, 5), strict=True)),
    State.WITH_INSTITUTION: dict(zip(WORST_FIRST, (2, 3, 5, 10), strict=True)),
    State.AWAITING_RESIDENT: dict.fromkeys(WORST_FIRST, DAYS_TO_ANSWER),
    State.PROPOSED: dict(zip(WORST_FIRST, (1, 1, 2, 2), strict=True)),
}


@lru_cache(maxsize=4096)
def working_days_after(day: datetime.date, count: int) -> datetime.date:
    """The `count`-th working day after that day, which itself never counts."""
    while count:
        day += datetime.timedelta(days=1)
        count -= is_working_day(day)
    return day


@lru_cache(maxsize=4096)
def working_days_before(day: datetime.date, count: int) -> datetime.date:
    """The `count`-th working day before that day, which itself never counts."""
    while count:
        day -= datetime.timedelta(days=1)
        count -= is_working_day(day)
    return day


@lru_cache(maxsize=4096)
def working_days_left(today: datetime.date, until: datetime.date) -> int:
    """Working days from tomorrow up to and with `until`; negative: working days since, today included."""
    first, last = sorted((today, until))
    days = (first + datetime.timedelta(days=n) for n in range(1, (last - first).days + 1))
    count = sum(is_working_day(day) for day in days)
    return count if until >= today else -count


def next_step_by(state: str, severity: int, *, on: datetime.date) -> datetime.date:
    """The latest day for the next step of a report that enters the state on that day, or that day itself."""
    if state in CLOSED:
        return on
    return working_days_after(on, DAYS[state][severity])
