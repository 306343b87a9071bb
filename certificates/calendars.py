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


# First day and name of each era since Meiji (Cabinet orders on eras), newest first
ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
    (date(1868, 1, 25), "明治"),
)


def on_paper(day: date) -> str:
    """Return a day as documents print it, with the era: 2026年（令和8年）11月23日."""
    for first_day, era in ERAS:
        if first_day <= day:
            year = day.year - first_day.year + 1
            return f"{day.year}年（{era}{'元' if year == 1 else year}年）{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"
