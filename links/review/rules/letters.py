"""Two written names, letter by letter: equal, variant, filler, clerk, other."""

import re
from functools import lru_cache

from jntajis import MJShrinkSchemeCombo, jnta_shrink_translit, mj_shrink_candidates

from links.review.rules.kana import fold_letter
from links.review.rules.text import CACHE
from links.review.rules.variants import FILLER, LINKED, MIXED_UP, REFUSED

SCHEMES = int(
    MJShrinkSchemeCombo.JIS_INCORPORATION_UCS_UNIFICATION_RULE
    | MJShrinkSchemeCombo.INFERENCE_BY_READING_AND_GLYPH
    | MJShrinkSchemeCombo.MOJ_NOTICE_582
    | MJShrinkSchemeCombo.MOJ_FAMILY_REGISTER_ACT_RELATED_NOTICE
)
ONLY_FILLERS = re.compile(f"(?:{FILLER.pattern})*")
LEVELS = ("equal", "variant", "clerk", "filler", "other")
RANK = {level: rank for rank, level in enumerate(LEVELS)}


def is_filler(letter: str) -> bool:
    """True for a stand-in for a letter that a system could not write."""
    return FILLER.match(letter) is not None


def only_fillers(letters: str) -> bool:
    """True where no letter can be read."""
    return ONLY_FILLERS.fullmatch(letters) is not None


@lru_cache(maxsize=CACHE)
def shrunk(letter: str) -> frozenset[str]:
    """What the tax agency's and the MJ table replace a letter by, the letter included."""
    return frozenset(
        (letter, jnta_shrink_translit(letter, passthrough=True), *mj_shrink_candidates(letter, SCHEMES))
    )


def linked(one: str, other: str) -> bool:
    """True where two letters are forms of one, by a table's own line and not by way of a third."""
    if other in LINKED.get(one, ()) or fold_letter(one) == fold_letter(other):
        return True
    return (one in shrunk(other) or other in shrunk(one)) and frozenset((one, other)) not in REFUSED


@lru_cache(maxsize=CACHE)
def letter_level(one: str, other: str) -> str:
    """How two single letters relate."""
    if one == other:
        return "filler" if is_filler(one) else "equal"
    if is_filler(one) or is_filler(other):
        return "filler"
    if linked(one, other):
        return "variant"
    return "clerk" if other in MIXED_UP.get(one, "") else "other"


@lru_cache(maxsize=CACHE)
def agreement(one: str, other: str) -> str:
    """The worst level of two texts' letters; a filler stands for exactly one letter.

    A filler beside letters that clerks mix up is too much doubt for one name: other.
    """
    if one == other and FILLER.search(one) is None:
        return "equal"
    if len(one) != len(other):
        return "other"
    levels = {letter_level(*pair) for pair in zip(one, other, strict=True)}
    if "filler" in levels and "clerk" in levels:
        return "other"
    return max(levels, key=RANK.__getitem__, default="other")


def one_letter_apart(one: str, other: str) -> bool:
    """True where two texts share a letter and differ by one changed, dropped or added letter."""
    short, long = sorted((one, other), key=len)
    if len(long) < 2 or not short or len(long) - len(short) > 1:
        return False
    if len(short) == len(long):
        return sum(agreement(*pair) == "other" for pair in zip(short, long, strict=True)) == 1
    return any(agreement(long[:at] + long[at + 1 :], short) != "other" for at in range(len(long)))
