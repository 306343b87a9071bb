"""Readings in kana: a key in which habits of writing vanish, and how two readings relate."""

import re
from functools import lru_cache
from typing import NamedTuple

from links.review.rules.text import CACHE, clean

# Hiragana and katakana have the same order in Unicode, 0x60 apart.
HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
HABITS = str.maketrans(
    "ァィゥェォッャュョヮヵヶヲヰヱヅヂヴヸヹヺヷ", "アイウエオツヤユヨワカケオイエズジブイエオワ"
)
DASHES = {ord(dash): "ー" for dash in "-‐‑‒–—―−─━~〜ｰ一"}
SEPARATORS: dict[int, str] = {ord(mark): " " for mark in "・･,、.=＝'/"}
FOREIGN_V = re.compile("ヴ([ァィェォアイエオ])")

MARKS: dict[int, int | str] = {**HIRAGANA, **DASHES, **SEPARATORS}

KANA = re.compile("[ ぁ-ゖァ-ヺーヽゝ゛゜-]*[ぁ-ゖァ-ヺ][ ぁ-ゖァ-ヺーヽゝ゛゜-]*")
ROWS = {
    "ア": "アカガサザタダナハバパマヤラワ",
    "イ": "イキギシジチニヒビピミリ",
    "ウ": "ウクグスズツヌフブプムユル",
    "エ": "エケゲセゼテデネヘベペメレ",
    "オ": "オコゴソゾトドノホボポモヨロ",
}
LENGTHENED = re.compile(
    "|".join(
        f"(?<=[ー{''.join(ROWS[row] for row in rows)}]){vowel}"
        for vowel, rows in {"ア": "ア", "イ": "イエ", "ウ": "ウオ", "エ": "エ", "オ": "オ"}.items()
    )
)
BLURRED = str.maketrans(
    "ガギグゲゴザジズゼゾダデドバビブベボパピプペポンツ", "カキクケコサシスセソタテトハヒフヘホハヒフヘホソシ"
)
LOOK_ALIKES = frozenset(
    map(
        frozenset,
        ("クワ", "クタ", "ウワ", "コユ", "スヌ", "チテ", "ウラ", "アマ", "ルレ", "ナメ", "フワ", "ホオ"),
    )
)


def fold_letter(letter: str) -> str:
    """One kana without the habits of writing; anything else is returned as it is."""
    return letter.translate(HIRAGANA).translate(HABITS)


def is_kana(text: str) -> bool:
    """True for text of nothing but kana, spaces and the marks between foreign names."""
    return KANA.fullmatch(clean(text).translate(SEPARATORS)) is not None


def key(reading: str) -> str:
    """The key of a reading without spaces: a vowel that only lengthens becomes ー.

    The lengthening stays as a mark: ユウキ and ユキ, オオノ and オノ are different names.
    """
    text = reading.translate(HIRAGANA)
    if "ヴ" in text:
        text = FOREIGN_V.sub(lambda found: "バビ?ベボ"["ァィ_ェォアイ_エオ".index(found[1]) % 5], text)
    return LENGTHENED.sub("ー", text.translate(HABITS))


def blurred(key_of_reading: str) -> str:
    """The weaker key: without voicing marks, ソ and ン, シ and ツ told apart no longer."""
    return key_of_reading.translate(BLURRED)


class Reading(NamedTuple):
    """A reading as sent, in katakana: the text, and its words."""

    text: str
    words: tuple[str, ...]


@lru_cache(maxsize=CACHE)
def read_kana(text: str) -> Reading:
    """The reading in a kana field; empty where nothing was sent."""
    words = clean(text).translate(MARKS).split()
    return Reading(" ".join(words), tuple(words))


class KanaFinding(NamedTuple):
    """How two readings relate: `level` equal, near, other, missing; `surname` and `given`
    same, slip, other, unknown. `short` marks a nearness that rests on the length of vowels alone,
    `loose` one of the same words in another order, or with one left out.
    """

    level: str
    surname: str
    given: str
    short: bool = False
    loose: bool = False


EQUAL = KanaFinding("equal", "same", "same")
NEAR = KanaFinding("near", "same", "same")
LOOSE = KanaFinding("near", "same", "same", loose=True)
SHORT = KanaFinding("near", "same", "same", short=True)
MISSING = KanaFinding("missing", "unknown", "unknown")


def compare_kana(registered: str, claimed: str) -> KanaFinding:
    """How the reading claimed relates to the registered one."""
    one, other = read_kana(registered), read_kana(claimed)
    if not one.words or not other.words:
        return MISSING
    if one.words == other.words:
        return EQUAL
    whole, other_whole = key("".join(one.words)), key("".join(other.words))
    if whole == other_whole:
        return EQUAL
    if blurred(whole) == blurred(other_whole):
        return NEAR
    if _same_words(one.words, other.words):
        return LOOSE
    if whole.replace("ー", "") == other_whole.replace("ー", ""):
        return SHORT
    return KanaFinding("other", *_parts(one.words, other.words))


def _same_words(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True where the words are the same in another order, or a middle name is left out."""
    keys = {key(word) for word in one}, {key(word) for word in other}
    short, long = sorted(keys, key=len)
    if len(short) < 2:
        return False
    return short == long or (short < long and key(one[0]) in short and key(other[0]) in long)


def _parts(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, str]:
    """How surname and given name relate, where the whole reading differs."""
    pairs = [(a, b) for a in splits(one) for b in splits(other)]
    found = [(part_level(a[0], b[0]), part_level(a[1], b[1])) for a, b in pairs]
    if len(one) == 1 and len(other) == 1:
        return ("unknown", "unknown") if any("same" in levels for levels in found) else ("other", "other")
    return max(found, key=lambda levels: levels.count("same"), default=("unknown", "unknown"))


def splits(words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Surname and given name: as the words say, or every way to cut a single word."""
    if len(words) > 1:
        return [(words[0], "".join(words[1:]))]
    return [(words[0][:at], words[0][at:]) for at in range(1, len(words[0]))]


def part_level(one: str, other: str) -> str:
    """How two surnames, or two given names, relate: same, slip or other."""
    first, second = key(one), key(other)
    if first == second or blurred(first) == blurred(second):
        return "same"
    return "slip" if _slip(first, second) else "other"


def _slip(one: str, other: str) -> bool:
    """True where neighbours are swapped, or one letter was taken for one that looks like it."""
    if len(one) != len(other) or len(one) < 2:
        return False
    apart = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    if len(apart) == 1:
        return frozenset((one[apart[0]], other[apart[0]])) in LOOK_ALIKES
    swapped = len(apart) == 2 and apart[1] == apart[0] + 1
    return swapped and one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]
