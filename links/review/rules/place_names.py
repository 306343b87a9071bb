"""Names of places without the habits of writing them."""

import re

from links.review.rules.numerals import NUMERAL_RUN, RUN, as_digits
from links.review.rules.variants import CLERKS, NAMES, OLD_AND_NEW

HABITS = {
    **dict.fromkeys("ヶケヵがガ", "ケ"),
    **dict.fromkeys("のノ之乃", "ノ"),
    **dict.fromkeys("ッツっつ", "ツ"),
}
SECTION = re.compile("大字|小字|字")
COUNTY = re.compile(r"^[^市区町村]{1,5}?郡(?=[^郡]{1,6}[町村])")
# The three municipalities of which a county's sign is a part of the name.
NO_COUNTY = ("郡山市", "郡上市", "小郡市", "大和郡山市", "蒲郡市")
# 丁 alone counts in Sakai, where a number follows; 八丁堀 is a name
COUNTER = re.compile(rf"丁目|丁(?=\d|{RUN}[番-])|番|号|条|線|地割|-")
# behind 番地 only what ends the address: 番地三栄荘 is a house
COUNTED = re.compile(
    rf"{RUN}(?={COUNTER.pattern})|(?<=-){RUN}|(?<=丁目){RUN}|(?<=番地){RUN}(?=$|\|)|(?<=番地ノ){RUN}(?=$|\|)"
)
# 二ノ八ノ一 at the end of an address; 三ノ丸 is a name
IN_ROW = re.compile(rf"(?:{RUN}|(?<=\d))(?:ノ{RUN})+(?=$|番|号|\|)")


def _letters() -> dict[int, str]:
    """Each letter with the form that stands for it in a place's name."""
    folded: dict[int, str] = {}
    for group in (OLD_AND_NEW + NAMES + " ".join(CLERKS)).split():
        for letter in group[1:]:
            folded.setdefault(ord(letter), group[0])
    return folded | {ord(letter): kept for letter, kept in HABITS.items()}


LETTERS = _letters()


def fold_place(text: str, *, numbers: bool = False) -> str:
    """A place's name with one form for each letter and without 大字 and 字.

    With `numbers`, kanji numerals become digits where something is counted (一丁目), and only there (八幡).
    """
    folded = text.translate(LETTERS)
    if "字" in folded:
        folded = SECTION.sub("", folded)
    return in_digits(folded) if numbers else folded


def in_digits(text: str) -> str:
    """Kanji numerals before 丁目, 番, 号, 条, 線, 地割 and around a dash as digits; full-width digits too."""
    text = COUNTED.sub(as_digits, text.translate(WIDE))
    return IN_ROW.sub(lambda row: NUMERAL_RUN.sub(as_digits, row[0]), text) if "ノ" in text else text


WIDE = {0xFF10 + value: str(value) for value in range(10)}


def without_county(city: str) -> str:
    """The municipality's name without 郡: 柴田郡大河原町 is 大河原町."""
    return city if city.startswith(NO_COUNTY) else COUNTY.sub("", city)
