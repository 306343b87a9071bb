"""Days as documents print them."""

from datetime import date

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
