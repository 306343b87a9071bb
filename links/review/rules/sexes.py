"""Sex as institutions write it."""

from functools import lru_cache

from links.review.rules.comparison import Element
from links.review.rules.text import clean

WRITTEN = {
    "male": ("1", "男", "男性", "男子", "male", "m", "オトコ"),
    "female": ("2", "女", "女性", "女子", "female", "f", "オンナ"),
}
CODES = {form: code for code, forms in WRITTEN.items() for form in forms}


@lru_cache(maxsize=256)
def read_sex(text: str) -> str:
    """`male`, `female`, or empty where the source does not say (0, 3, 9, 不明, anything else)."""
    return CODES.get(clean(text).lower(), "")


@lru_cache(maxsize=1024)
def compare_sexes(registered: str, claimed: str) -> Element:
    """The element `sex`: equal, conflict or missing."""
    one, other = read_sex(registered), read_sex(claimed)
    if not one or not other:
        return Element("missing", one, other)
    return Element("equal" if one == other else "conflict", one, other)
