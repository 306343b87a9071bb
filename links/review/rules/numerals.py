"""Kanji numerals as integers."""

import re

NUMERALS = "〇一二三四五六七八九十百千"
DIGITS = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")}
UNITS = {"十": 10, "百": 100, "千": 1000}
RUN = f"[{NUMERALS}]+"
NUMERAL_RUN = re.compile(RUN)


def number(numerals: str) -> int:
    """The value of a run of kanji numerals: 四十三 is 43, and so is 四三."""
    if not any(numeral in UNITS for numeral in numerals):
        return int("".join(str(DIGITS[numeral]) for numeral in numerals))
    total, digits = 0, 0
    for numeral in numerals:
        if numeral in UNITS:
            total, digits = total + (digits or 1) * UNITS[numeral], 0
        else:
            digits = digits * 10 + DIGITS[numeral]
    return total + digits


def as_digits(match: re.Match[str]) -> str:
    """The replacement for a matched run of kanji numerals, for `re.sub`."""
    return str(number(match[0]))
