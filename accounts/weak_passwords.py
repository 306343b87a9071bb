"""Passwords that are long and yet guessed at once: of common pieces, of our own words, or leaked."""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User

# what everybody who wants to get in here tries first (docs/asvs.md, 6.1.2)
OUR_WORDS = (
    *("tsunagari", "tunagari", "つながり確認", "つながり", "portal", "ポータル", "password", "support"),
    *("mynumber", "my number", "my-number", "マイナンバー", "まいなんばー", "個人番号", "kojinbango"),
    *("mynaportal", "マイナ", "まいな", "デジタル庁", "supervisor", "auditor", "officer", "窓口"),
    *("資格確認書", "shikakukakunin", "健康保険証", "保険証", "hokensho", "hokenshou", "kojinbangou"),
)
LEFT_WITHOUT_THEM = 8
PIECES, SHORTEST = 3, 4
# what is longer is not taken apart: the work grows with the cube of the length
LONGEST = 64
# along these a finger runs, forwards and backwards
ROWS = (
    *("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop"),
    *("1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik", "!@#$%^&*()"),
    *("qazwsxedcrfvtgbyhnujmik", "aiueokakikukekosasisuseso", "あいうえおかきくけこさしすせそ"),
)
GUESSED = _("This password is guessed quickly. Please put words together that only you think of.")


class NoWordOfOurs:
    """Words of this service are not counted: eight other characters have to be left."""

    def validate(self, password: str, user: User | None = None) -> None:
        """ValidationError where little is left without our words and the user's own name and address."""
        left = password.lower()
        for word in sorted({*OUR_WORDS, *words_of(user)}, key=len, reverse=True):
            left = left.replace(word.lower(), "")
        if len(left) < min(LEFT_WITHOUT_THEM, len(password)):
            raise ValidationError(GUESSED, code="password_of_our_words")

    def get_help_text(self) -> Promise:
        """The rule in words."""
        return _("Words of this service and your own name do not count.")


class NotOfCommonPieces:
    """No password out of up to three common ones, runs on the keyboard and repetitions."""

    def validate(self, password: str, user: User | None = None) -> None:
        """ValidationError for one that is put together so."""
        if fewest_pieces(password.lower()) <= PIECES:
            raise ValidationError(GUESSED, code="password_of_common_pieces")

    def get_help_text(self) -> Promise:
        """The rule in words."""
        return _("Not put together of common passwords or rows of keys.")


class NotLeaked:
    """No password of the list of leaked ones, where the installation has such a list."""

    def validate(self, password: str, user: User | None = None) -> None:
        """ValidationError for one whose SHA-1 stands in the file LEAKED_PASSWORDS."""
        if settings.LEAKED_PASSWORDS and stands_in(Path(settings.LEAKED_PASSWORDS), password):
            raise ValidationError(
                _("This password was stolen elsewhere and is known to attackers. Please choose another one."),
                code="password_leaked",
            )

    def get_help_text(self) -> Promise:
        """The rule in words."""
        return _("Not one that was stolen elsewhere.")


def words_of(user: User | None) -> list[str]:
    """What is known of somebody to everybody who writes to them."""
    if user is None:
        return []
    known = [*re.split(r"[@.+_-]", user.email.lower()), *user.name.lower().split()]
    return [word for word in known if len(word) >= SHORTEST]


def fewest_pieces(text: str) -> int:
    """Of how few pieces it can be put together; more than its length where it cannot, or is very long."""
    if repeats(text):
        return 1
    none = len(text) + 1
    if len(text) > LONGEST:
        return none
    fewest = [0] + [none] * len(text)
    for start in range(len(text)):
        if fewest[start] < PIECES:
            for end in ends_from(text, start):
                fewest[end] = min(fewest[end], fewest[start] + 1)
    return fewest[-1]


def ends_from(text: str, start: int) -> Iterator[int]:
    """Where a piece that begins there may end."""
    ends = range(start + 1, len(text) + 1)
    return (end for end in ends if is_piece(text[start:end]))


def is_piece(piece: str) -> bool:
    """Whether a machine tries it as a whole: one or two digits, a run, a repetition, a common password."""
    if len(piece) < SHORTEST - 1:
        return piece.isdigit()
    return is_run(piece) or repeats(piece) or (len(piece) >= SHORTEST and piece in common())


def is_run(piece: str) -> bool:
    """Whether a finger runs along a row."""
    return any(piece in row or piece[::-1] in row for row in ROWS)


def repeats(piece: str) -> bool:
    """Whether it is one short part again and again."""
    part = (piece + piece).find(piece, 1)
    return part < len(piece) and part < LEFT_WITHOUT_THEM


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """Django's 20,000 most common ones."""
    return frozenset(CommonPasswordValidator().passwords)


def stands_in(path: Path, password: str) -> bool:
    """Whether the sorted file has a line that begins with the password's SHA-1 in capital hexadecimals."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as lines:
        low, high = 0, lines.seek(0, 2)
        while low < high:
            middle = (low + high) // 2
            line = line_after(lines, middle)
            if line and line < wanted:
                low = middle + 1
            else:
                high = middle
        return line_after(lines, low).startswith(wanted)


def line_after(lines: BinaryIO, place: int) -> bytes:
    """The first whole line that begins at or after that byte; empty where there is none."""
    lines.seek(max(place - 1, 0))
    if place:
        lines.readline()
    return lines.readline()
