"""Text as it was meant, whatever the encoding, width or invisible characters it came with."""

import re
import unicodedata
from functools import lru_cache

# variation selectors (three ranges), zero-width and bidi characters, soft hyphen, byte order mark
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
CACHE = 1 << 16


@lru_cache(maxsize=CACHE)
def clean(text: str) -> str:
    """The text in NFKC without invisible characters, its runs of space each one space."""
    if text.isascii():
        return " ".join(text.split())
    visible = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(unicodedata.normalize("NFKC", visible).split())
