"""Periods as Japan's Civil Code counts them (articles 140 to 143)."""

from calendar import monthrange
from datetime import date, timedelta


def end_of_month(day: date) -> date:
    """Return the last day of the month that `day` lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(first_day: date, *, years: int) -> date:
    """Return the last day of a period of years that begins with `first_day`.

    Civil Code, article 143: the eve of the corresponding day, and where the last month has no
    corresponding day, the last day of that month.
    """
    then = months_later(first_day, years * 12)
    return then - timedelta(days=1) if then.day == first_day.day else then


def birthday(birth_on: date, age: int) -> date:
    """Return the first day of an age; for 29 February in a common year that is 1 March."""
    return last_day(birth_on, years=age) + timedelta(days=1)
