"""How two birth dates relate: equal, slip, other or missing."""

from functools import lru_cache

from links.review.rules.comparison import Element
from links.review.rules.dates import ERAS, LAST_YEARS, DateError, PartialDate, is_placeholder, readings

ERA_STEPS = frozenset(abs(one - other) for one in ERAS.values() for other in ERAS.values() if one != other)


def possible_days(text: str) -> tuple[PartialDate, ...]:
    """Every day that the text can mean; none where it is missing or impossible."""
    if is_placeholder(text):
        return ()
    try:
        return readings(text)
    except DateError:
        return ()


@lru_cache(maxsize=1 << 16)
def compare_birth_dates(registered: str, claimed: str) -> Element:
    """The element `birth_date`. Where a text can mean two days, the register decides which was meant."""
    ones, others = possible_days(registered), possible_days(claimed)
    if not ones or not others:
        return Element("missing", str(ones[0]) if ones else "", str(others[0]) if others else "")
    for one in ones:
        if any(_same(one, other) for other in others):
            return Element("equal", str(one), str(next(other for other in others if _same(one, other))))
    level = "slip" if any(is_slip(one, other) for one in ones for other in others) else "other"
    return Element(level, str(ones[0]), str(others[0]))


def _same(one: PartialDate, other: PartialDate) -> bool:
    """True for one day; what is not known on one side is January, or the first, on the other."""
    return _first(one) == _first(other)


def _first(day: PartialDate) -> tuple[int, int, int]:
    """The first day that a date can be."""
    return day.year, day.month or 1, day.day or 1


def is_slip(one: PartialDate, other: PartialDate) -> bool:
    """True where one date is the other, mistaken: a day off, a digit, a swap, an era, or less known."""
    if one.date is None or other.date is None:
        return one.year == other.year
    return (
        abs((one.date - other.date).days) == 1
        or _digit_slip(f"{one}".replace("-", ""), f"{other}".replace("-", ""))
        or any(_digit_slip(*pair) for pair in _in_eras(one, other))
        or one == (other.year, other.day, other.month)
        or (one[1:] == other[1:] and abs(one.year - other.year) in ERA_STEPS)
    )


def _in_eras(one: PartialDate, other: PartialDate) -> list[tuple[str, str]]:
    """Both dates as six digits of each era that they have in common."""
    found = []
    for before in ERAS.values():
        years = one.year - before, other.year - before
        if all(1 <= year <= LAST_YEARS[before] for year in years):
            found.append(
                (f"{years[0]:02}{one.month:02}{one.day:02}", f"{years[1]:02}{other.month:02}{other.day:02}")
            )
    return found


def _digit_slip(first: str, second: str) -> bool:
    """True where one digit differs, or two neighbours are swapped."""
    apart = [at for at in range(len(first)) if first[at] != second[at]]
    if len(apart) == 1:
        return True
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and first[apart[0]] + first[apart[1]] == second[apart[1]] + second[apart[0]]
    )
