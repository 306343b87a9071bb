"""Readings in kana: a key in which habits of writing vanish, and how two readings relate."""

import re
from functools import lru_cache
from typing import NamedTuple

from links.review.rules.text import CACHE, clean, spelled_out

# Hiragana and katakana have the same order in Unicode, 0x60 apart.
HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
HABITS = str.maketrans(
    "ァィゥェォッャュョヮヵヶヲヰヱヅヂヴヸヹヺヷ", "アイウエオツヤユヨワカケオイエズジブイエオワ"
)
DASHES = {ord(dash): "ー" for dash in "-‐‑‒–—―−─━~〜ｰ一"}
SEPARATORS: dict[int, str] = {ord(mark): " " for mark in "・･,、.=＝'/"}
FOREIGN_V = re.compile("ヴ([ァィェォアイエオ])")

MARKS: dict[int, int | str] = {**HIRAGANA, **DASHES, **SEPARATORS}
BRACKETS = re.compile(r"[\[(]([^\])]*)[\])]")

KANA = re.compile("[ ぁ-ゖァ-ヺーヽゝヾゞ-]*[ぁ-ゖァ-ヺ][ ぁ-ゖァ-ヺーヽゝヾゞ-]*")
VOWELS = {
    kana: vowel
    for vowel, row in {
        "ア": "アカガサザタダナハバパマヤラワ",
        "イ": "イキギシジチニヒビピミリ",
        "ウ": "ウクグスズツヌフブプムユル",
        "エ": "エケゲセゼテデネヘベペメレ",
        "オ": "オコゴソゾトドノホボポモヨロ",
    }.items()
    for kana in row
}
# after these vowels, these letters are read as one more of the vowel
LENGTHENING = frozenset(("オウ", "エイ"))
LONG = re.compile("[ーアイウエオ]")
# letters of a name that a bank's field of 30 half-width characters holds at least
NARROW = 15
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


@lru_cache(maxsize=CACHE)
def key(reading: str) -> str:
    """The key of a reading without spaces: one way to write a long vowel, and it stays one.

    トウ, トー and トオ have one key. The length is kept: ユウキ and ユキ, キョウコ and キヨコ are two people.
    """
    text = reading.translate(HIRAGANA)
    if "ヴ" in text:
        text = FOREIGN_V.sub(lambda found: "バビ?ベボ"["ァィ_ェォアイ_エオ".index(found[1]) % 5], text)
    text = text.translate(HABITS)
    return _lengthened(text) if LONG.search(text, 1) else text


def _lengthened(text: str) -> str:
    """The text with the vowel itself in place of what only lengthens it."""
    letters: list[str] = []
    vowel = ""
    for letter in text:
        if vowel and (letter == "ー" or vowel + letter in LENGTHENING):
            letter = vowel
        letters.append(letter)
        vowel = VOWELS.get(letter, "")
    return "".join(letters)


@lru_cache(maxsize=CACHE)
def shortened(key_of_reading: str) -> str:
    """The key with each long vowel made short."""
    pairs = zip(" " + key_of_reading, key_of_reading, strict=False)
    return "".join(letter for before, letter in pairs if VOWELS.get(before) != letter)


def _same_with_bu(one: str, other: str) -> bool:
    """True where ヴ is ブ and its small vowel a letter of its own: ヴァン as ブアン."""
    return key(one.replace("ヴ", "ブ")) == key(other.replace("ヴ", "ブ"))


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
    return _reading(BRACKETS.sub(" ", clean(text)))


def _reading(text: str) -> Reading:
    """The reading in a text without brackets."""
    words = spelled_out(text.translate(MARKS)).split()
    return Reading(" ".join(words), tuple(words))


@lru_cache(maxsize=CACHE)
def all_readings(text: str) -> tuple[Reading, ...]:
    """The reading, and beside it what stands in brackets: a former surname, or a whole other name."""
    first, plain = read_kana(text), clean(text)
    others = [_reading(found) for found in BRACKETS.findall(plain)]
    named = [
        other if len(other.words) > 1 else _reading(" ".join((*other.words, *first.words[1:])))
        for other in others
        if other.words
    ]
    return (first, *named) if first.words else ()


class KanaFinding(NamedTuple):
    """How two readings relate: `level` equal, near, other, missing; `surname` and `given`
    same, near, slip, other, unknown. `short` names the part where a nearness rests on the length of
    vowels alone (surname or given); `loose` marks the same words in another order, or one left out.
    """

    level: str
    surname: str
    given: str
    short: str = ""
    loose: bool = False


EQUAL = KanaFinding("equal", "same", "same")
NEAR = KanaFinding("near", "same", "near")
LOOSE = KanaFinding("near", "same", "same", loose=True)
SHORT = KanaFinding("near", "same", "near", short="given")
SHORT_SURNAME = KanaFinding("near", "same", "same", short="surname")
MISSING = KanaFinding("missing", "unknown", "unknown")
AGREEING = frozenset(("same", "near"))
STRENGTH = {"missing": 0, "other": 1, "near": 2, "equal": 3}


def compare_kana(registered: str, claimed: str) -> KanaFinding:
    """How the reading claimed relates to the registered one."""
    found = MISSING
    for one in all_readings(registered):
        for other in all_readings(claimed):
            candidate = _compare(one, other)
            if STRENGTH[candidate.level] > STRENGTH[found.level]:
                found = candidate
    return found


def _compare(one: Reading, other: Reading) -> KanaFinding:
    """How two readings relate."""
    if one.words == other.words:
        return EQUAL
    joined, other_joined = "".join(one.words), "".join(other.words)
    whole, other_whole = key(joined), key(other_joined)
    if whole == other_whole or ("ヴ" in joined + other_joined and _same_with_bu(joined, other_joined)):
        return EQUAL
    given = _equal_given(one.words, other.words)
    if blurred(whole) == blurred(other_whole):
        return NEAR._replace(given="same") if given else NEAR
    if _same_words(one.words, other.words) or _cut_off(whole, other_whole):
        return LOOSE
    if shortened(whole) == shortened(other_whole):
        return SHORT_SURNAME if given else SHORT
    return KanaFinding("other", *_parts(one.words, other.words))


def _equal_given(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True where the given name is the same, as far as at least one side says where it begins."""
    if len(one) > 1 and len(other) > 1:
        return key("".join(one[1:])) == key("".join(other[1:]))
    split, whole = (one, other) if len(one) > 1 else (other, one)
    given = key("".join(split[1:]))
    return bool(given) and key("".join(whole)).endswith(given)


def _cut_off(one: str, other: str) -> bool:
    """True where one reading is the other as far as a narrow field holds it."""
    short, long = sorted((one, other), key=len)
    return len(short) >= NARROW and long.startswith(short)


def _same_words(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True where the words are the same in another order, or a middle name is left out."""
    keys = {key(word) for word in one}, {key(word) for word in other}
    short, long = sorted(keys, key=len)
    if len(short) < 2:
        return False
    return short == long or (short < long and key(one[0]) in short and key(other[0]) in long)


def _parts(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, str]:
    """How surname and given name relate, where the whole reading differs."""
    if _surname_alone(one, other) or _surname_alone(other, one):
        return "same", "unknown"
    pairs = [(a, b) for a in splits(one) for b in splits(other)]
    found = [(part_level(a[0], b[0]), part_level(a[1], b[1])) for a, b in pairs]
    if len(one) == 1 and len(other) == 1:
        return ("unknown", "unknown") if any(AGREEING & {*levels} for levels in found) else ("other", "other")
    return max(found, key=_closeness, default=("unknown", "unknown"))


def _surname_alone(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """True where all that was sent is the surname of the other."""
    return len(short) == 1 < len(full) and key(short[0]) == key(full[0])


def _closeness(levels: tuple[str, str]) -> int:
    """Orders the ways to cut a name: the more of it agrees, the greater."""
    return 3 * levels.count("same") + 2 * levels.count("near") + levels.count("slip")


def splits(words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Surname and given name: as the words say, or every way to cut a single word."""
    if len(words) > 1:
        return [(words[0], "".join(words[1:]))]
    return [(words[0][:at], words[0][at:]) for at in range(1, len(words[0]))]


def part_level(one: str, other: str) -> str:
    """How two surnames, or two given names, relate: same, near, slip or other."""
    first, second = key(one), key(other)
    if first == second:
        return "same"
    if blurred(first) == blurred(second):
        return "near"
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
