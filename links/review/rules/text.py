"""Text as it was meant, whatever the encoding, width or invisible characters it came with."""

import re
import unicodedata
from functools import lru_cache

# variation selectors (three ranges), zero-width and bidi characters, soft hyphen, byte order mark
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
CACHE = 1 << 16
# voicing marks that stand apart, as old systems print them: NFKC would set a space before them
APART: dict[int, int | str] = {0x309B: 0x3099, 0x309C: 0x309A}
# letters copied out of PDF files as radicals: NFKC knows those of Kangxi only
READABLE = APART | dict(
    zip(map(ord, "⺟⺠⻁⻄⻆⻑⻘⻝⻤⻨⻩⻫⻭⻯⻲"), "母民虎西角長青食鬼麦黄斉歯竜亀", strict=True)
)
BEFORE_MARK = re.compile("[ \u3000]+(?=[\u3099\u309a\uff9e\uff9f])")
REPEATED = re.compile("[々〻ゝヽゞヾ]")
VOICED = "\u3099"


@lru_cache(maxsize=CACHE)
def clean(text: str) -> str:
    """The text in NFKC without invisible characters, its runs of space each one space."""
    if text.isascii():
        return " ".join(text.split())
    visible = BEFORE_MARK.sub("", INVISIBLE.sub("", text.translate(READABLE)))
    return " ".join(unicodedata.normalize("NFKC", visible).split())


def spelled_out(text: str) -> str:
    """The text with each repetition mark (々 ゝ ヽ, and voiced ゞ ヾ) replaced by the letter before it."""
    if not REPEATED.search(text):
        return text
    letters: list[str] = []
    for letter in text:
        before = next((known for known in reversed(letters) if known != " "), "")
        if before and REPEATED.match(letter):
            voiced = unicodedata.normalize("NFC", before + VOICED) if letter in "ゞヾ" else before
            letter = voiced if len(voiced) == 1 else before
        letters.append(letter)
    return "".join(letters)
