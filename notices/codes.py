"""The code of a warning notice: whoever was told can say “this was not me” without signing in.

It is made from the notice's random id and a key, so that each try of a mail carries the same one; what is
kept is a keyed digest of it.
"""

import unicodedata

from django.utils.crypto import salted_hmac

# Crockford's alphabet: no I, L, O, U, which are misread
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("OIL", "011")
GROUPS, GROUP = 4, 4


def code_of(notice_id: str) -> str:
    """80 bits that can be read out, as `7K3M-92QX-4FTP-0BWE`, for the notice with this public id."""
    made = salted_hmac("notices.code", notice_id, algorithm="sha256").digest()
    letters = "".join(LETTERS[byte % len(LETTERS)] for byte in made[: GROUPS * GROUP])
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def digest_of(code: str) -> bytes:
    """What is kept of a code, however it was typed."""
    return salted_hmac("notices.code.digest", plain(code), algorithm="sha256").digest()


def plain(code: str) -> str:
    """The letters of a code: in capitals, without blanks and dashes, misread ones as they were meant."""
    typed = unicodedata.normalize("NFKC", code).upper().translate(MISREAD)
    return "".join(letter for letter in typed if letter in LETTERS)
