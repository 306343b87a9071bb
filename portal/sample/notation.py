"""The many ways in which institutions write the same date, kana, name and address."""

import datetime
import random
import re

import jaconv

_ERAS = (
    (datetime.date(2019, 5, 1), "令和", "R", "5"),
    (datetime.date(1989, 1, 8), "平成", "H", "4"),
    (datetime.date(1926, 12, 25), "昭和", "S", "3"),
    (datetime.date(1912, 7, 30), "大正", "T", "2"),
)
_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


def date(day: datetime.date, style: str) -> str:
    """The day in one style: 2019-05-01, 20190501, 2019/5/1, 令和元年5月1日, R1.5.1, R010501 or 5010501."""
    start, era, letter, digit = next(era for era in _ERAS if era[0] <= day)
    year = day.year - start.year + 1
    return {
        "iso": day.isoformat(),
        "compact": f"{day:%Y%m%d}",
        "slashed": f"{day.year}/{day.month}/{day.day}",
        "kanji": f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日",
        "dotted": f"{letter}{year}.{day.month}.{day.day}",
        "letter": f"{letter}{year:02}{day:%m%d}",
        "digit": f"{digit}{year:02}{day:%m%d}",
    }[style]


def half_kana(kana: str) -> str:
    """Half-width katakana with plain spaces, as banks have it."""
    return str(jaconv.z2h(kana.replace("　", " "), digit=True, ascii=True))


def writable(name: str, codec: str) -> str:
    """The name as a system with this character set has it: ● for what it cannot write."""
    if _can_write(name, codec):
        return name
    return "".join(
        letter if _can_write(letter, codec) else "●" for letter in name if not _is_selector(letter)
    )


def _is_selector(letter: str) -> bool:
    return "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"


def _can_write(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def address(text: str, chance: random.Random) -> str:
    """The same place in one of the habits of clerks; often just as the register has it."""
    habit = chance.random()
    if habit < 0.5:
        return text
    if habit < 0.65:
        return _hyphenated(text)
    if habit < 0.75:
        return _hyphenated(text).translate(_WIDE)
    if habit < 0.85:
        return text.split("　")[0]
    return re.sub(r"^(?:東京都|北海道|(?:京都|大阪)府|.{2,3}県)", "", text).replace("大字", "")


def _hyphenated(text: str) -> str:
    return re.sub(r"(\d+)(?:丁目|番地|番|号)(?=\d|　|$)", r"\1-", text).replace("-　", "　").removesuffix("-")
