"""The days on which Japan's public offices work."""

import datetime
from functools import lru_cache

import holidays

PUBLIC_HOLIDAYS = holidays.country_holidays("JP")
SATURDAY = 5
# Act on Holidays of Administrative Organs, article 1: closed from 29 December to 3 January
NEW_YEAR = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


@lru_cache(maxsize=4096)
def is_working_day(day: datetime.date) -> bool:
    """Whether public offices are open: no weekend, no public holiday, not around New Year."""
    return day.weekday() < SATURDAY and (day.month, day.day) not in NEW_YEAR and day not in PUBLIC_HOLIDAYS


def on_a_working_day(day: datetime.date) -> datetime.date:
    """That day, or the next one on which public offices are open."""
    while not is_working_day(day):
        day += datetime.timedelta(days=1)
    return day
