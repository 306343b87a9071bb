"""Which language a text cannot be in: told by its letters only."""

import re

KANA, HAN, HANGUL, LATIN = (
    re.compile(letters)
    for letters in ("[\u3041-\u30ff]", "[\u3400-\u9fff]", "[\uac00-\ud7af]", "[A-Za-z\u00c0-\u1ef9]")
)
# letters of each language, of which one must stand in the text, and those that cannot
NEEDS = {
    "ja": (KANA, HAN),
    "ja-x-easy": (KANA,),
    "zh-hans": (HAN,),
    "zh-hant": (HAN,),
    "ko": (HANGUL,),
}
NEVER = {"zh-hans": (KANA, HANGUL), "zh-hant": (KANA, HANGUL), "ko": (KANA,)}
OF_LATIN_LETTERS = {"needs": (LATIN,), "never": (KANA, HANGUL)}
FEWEST = 8  # letters; below, a text may be a name or a number


def fits(text: str, language: str) -> bool:
    """Whether the text may be in that language; a short one always may."""
    if len(text.strip()) < FEWEST:
        return True
    needs = NEEDS.get(language, OF_LATIN_LETTERS["needs"])
    never = NEVER.get(language, () if language in NEEDS else OF_LATIN_LETTERS["never"])
    return any(letters.search(text) for letters in needs) and not any(
        letters.search(text) for letters in never
    )
