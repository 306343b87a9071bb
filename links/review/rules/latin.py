"""Names in Latin letters: compared as words, for their order and number differ between papers."""

import re
import unicodedata
from functools import lru_cache

from links.review.rules.letters import agreement, one_letter_apart
from links.review.rules.text import CACHE, clean

LETTER = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
SPECIAL = str.maketrans(
    {"Đ": "D", "Ø": "O", "Ł": "L", "Æ": "A", "Œ": "O", "Ð": "D", "Þ": "TH", "ẞ": "SS", "ı": "I"}
)
UMLAUTS = (("UE", "U"), ("OE", "O"), ("AE", "A"))
# one Japanese long vowel in several spellings: SATOU, SATOH, SATOO
LONG_VOWELS = re.compile(r"(?<=O)(?:H(?![AEIOUY])|U|O)|(?<=U)U")
BETWEEN = re.compile(r"[,.;・/]+")
DROPPED = re.compile(r"[-‐‑–'’`´ʼ]")
MIN_SLIP = 5
MOST_WORDS = 8


def is_latin(text: str) -> bool:
    """True for a text with Latin letters and no kana or kanji."""
    return bool(LETTER.search(text)) and not EAST_ASIAN.search(text)


@lru_cache(maxsize=CACHE)
def tokens(text: str) -> tuple[str, ...]:
    """The words in capitals, without accents, hyphens and apostrophes; UE, OE, AE as U, O, A."""
    plain = unicodedata.normalize("NFD", clean(text).upper().translate(SPECIAL))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    for written, meant in UMLAUTS:
        letters = letters.replace(written, meant)
    return tuple(DROPPED.sub("", BETWEEN.sub(" ", letters)).split())


def compare_tokens(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, str, str, bool]:
    """Level, surname, given name, and whether the agreement is loose (another order, a word left out)."""
    level = agreement("".join(one), "".join(other))
    if level in ("equal", "filler"):
        return level, "same", "same", False
    if _loosely_same(one, other) or _loosely_same(_short_vowels(one), _short_vowels(other)):
        return "variant", "same", "same", True
    return "other", *_parts(one, other), False


def _loosely_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True for the same words in another order or otherwise cut, or with a middle name's initial or none."""
    if sorted(one) == sorted(other) or _spells("".join(one), other) or _spells("".join(other), one):
        return True
    short, long = sorted((_without_initials(one), _without_initials(other)), key=len)
    return len(short) > 1 and set(short) <= set(long) and one[0] in other and one[0] in short


def _spells(text: str, words: tuple[str, ...]) -> bool:
    """True where all the words, in some order, make the text."""
    if not text or not words or len(words) > MOST_WORDS:
        return not text and not words
    starts = {word for word in words if text.startswith(word)}
    return any(_spells(text[len(word) :], _without(words, word)) for word in starts)


def _without(words: tuple[str, ...], word: str) -> tuple[str, ...]:
    """The words without the first one that is this."""
    at = words.index(word)
    return words[:at] + words[at + 1 :]


def _short_vowels(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with each long vowel of a Japanese name in its shortest spelling."""
    return tuple(LONG_VOWELS.sub("", word) for word in words)


def _without_initials(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of more than one letter."""
    return tuple(word for word in words if len(word) > 1)


def _parts(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, str]:
    """How family name and given names relate; a claim may put the family name last."""
    if one[0] in (other[0], other[-1]):
        return "same", _given(one[1:], _without(other, one[0]))
    return ("slip" if one_letter_apart(one[0], other[0]) else "other"), _given(one[1:], other[1:])


def _given(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """How two sets of given names relate."""
    if not one or not other:
        return "unknown"
    if set(one) <= set(other) or set(other) <= set(one):
        return "same"
    shared = set(one) & set(other)
    first, second = "".join(one), "".join(other)
    near = min(len(first), len(second)) >= MIN_SLIP and one_letter_apart(first, second)
    return "slip" if shared or near or _initials_of(one, other) or _initials_of(other, one) else "other"


def _initials_of(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """True where single letters stand for names that begin with them."""
    initials = "".join(short)
    return all(len(word) == 1 for word in short) and "".join(word[0] for word in long).startswith(initials)
