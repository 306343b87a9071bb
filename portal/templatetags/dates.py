"""Dates as people read them: the Western calendar with the era beside it."""

from calendar import month_name
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language

register = template.Library()

# First day of each era, newest first (Cabinet orders on eras)
ERAS = [
    (date(2019, 5, 1), "令和", "Reiwa"),
    (date(1989, 1, 8), "平成", "Heisei"),
    (date(1926, 12, 25), "昭和", "Showa"),
    (date(1912, 7, 30), "大正", "Taisho"),
    (date(1868, 1, 25), "明治", "Meiji"),
]
# languages whose words for the months we need not know
NUMERIC = {
    "zh-hans": "{0.year}年{0.month}月{0.day}日",
    "zh-hant": "{0.year}年{0.month}月{0.day}日",
    "ko": "{0.year}년 {0.month}월 {0.day}일",
    "vi": "{0.day}/{0.month}/{0.year}",
    "pt-br": "{0.day}/{0.month}/{0.year}",
    "es": "{0.day}/{0.month}/{0.year}",
}


@register.simple_tag
def now_here() -> datetime:
    """The moment at which a page is made."""
    return localtime()


@register.filter
def japanese_date(value: date | None) -> str:
    """The day in the reader's language, e.g. 2026年11月23日（令和8年）; a moment is read on Japan's clock."""
    if not value:
        return ""
    return written(day_of(value), get_language() or "ja")


@register.filter
def readable(value: object) -> object:
    """A day as japanese_date writes it, anything else as it is: for tables whose cells hold both."""
    return japanese_date(value) if isinstance(value, date) else value


@register.filter
def readable_moment(value: object) -> object:
    """The same, where a moment keeps its hour and minute."""
    return japanese_moment(value) if isinstance(value, datetime) else readable(value)


@register.filter
def japanese_moment(value: datetime | None) -> str:
    """The day as japanese_date writes it, with hour and minute in Japan after it; empty for None."""
    if not value:
        return ""
    moment = on_japans_clock(value)
    return f"{written(moment.date(), get_language() or 'ja')} {moment.hour}:{moment.minute:02}"


def day_of(value: date) -> date:
    """The day in Japan of a date or a moment."""
    return on_japans_clock(value).date() if isinstance(value, datetime) else value


def on_japans_clock(value: datetime) -> datetime:
    """An aware moment in the time zone of the settings; a naive one as it is."""
    return localtime(value) if is_aware(value) else value


@lru_cache(maxsize=4096)
def written(day: date, language: str) -> str:
    """The day in a language, with the year of its era in brackets; before 1868 without an era."""
    start, kanji, latin = next((era for era in ERAS if era[0] <= day), (None, "", ""))
    year = day.year - start.year + 1 if start else 0
    if language.startswith("ja"):
        return in_japanese(day, kanji, year, " " if language == "ja-x-easy" else "")
    if language in NUMERIC:
        era = (
            f"（{kanji}{'元' if year == 1 else year}年）"
            if language.startswith("zh")
            else f" ({latin} {year})"
        )
        return NUMERIC[language].format(day) + (era if start else "")
    era = f" ({latin} {year})" if start else ""
    return f"{day.day} {month_name[day.month]} {day.year}{era}"


def in_japanese(day: date, era: str, year: int, gap: str) -> str:
    """The day in Japanese; gap stands between the parts, and the first year of an era is 元年."""
    name = f"（{era}{gap}{'元' if year == 1 else year}年）" if era else ""
    return f"{day.year}年{gap}{day.month}月{gap}{day.day}日{name}"
