"""Checks a code without network, with two files that anybody may fetch: keys, and the revoked places."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from certificates.keys import Keys
from certificates.revoked import LASTS, NoList, Revoked, read
from certificates.tokens import JAPAN, Code, NotOurs, verify


class Answer(StrEnum):
    """The four answers; what cannot be known is never told as a fault of the certificate."""

    VALID = "valid"
    NOT_VALID = "not_valid"
    NOT_OURS = "not_ours"
    UNAVAILABLE = "unavailable"


class Because(StrEnum):
    """Why a certificate is not valid, or cannot be checked."""

    EXPIRED = "expired"
    REVOKED = "revoked"
    NO_LIST = "no_list"
    NO_PLACE = "no_place"


@dataclass(frozen=True)
class Checked:
    """The answer, why, and what the code says."""

    answer: Answer
    because: Because | None = None
    code: Code | None = None


def check(
    token: str,
    keys: Keys,
    listed: str,
    *,
    issuer: str,
    at: datetime.datetime,
    oldest: datetime.timedelta = LASTS,
) -> Checked:
    """The answer for one code at a moment; a list older than allowed says nothing about anybody."""
    try:
        revoked = read(listed, keys.standing(at), at=at, oldest=oldest)
    except NoList:
        revoked = None
    return answer_of(token, keys, revoked, issuer=issuer, at=at)


def answer_of(
    token: str, keys: Keys, revoked: Revoked | None, *, issuer: str, at: datetime.datetime
) -> Checked:
    """The same with a list that was read before, for many codes."""
    try:
        code = verify(token, keys.standing(at), issuer=issuer)
    except NotOurs:
        return Checked(Answer.NOT_OURS)
    if at.astimezone(JAPAN).date() > code.valid_until:
        return Checked(Answer.NOT_VALID, Because.EXPIRED, code)
    if revoked is None or revoked.issuer != issuer:
        return Checked(Answer.UNAVAILABLE, Because.NO_LIST, code)
    if code.place is None:
        return Checked(Answer.UNAVAILABLE, Because.NO_PLACE, code)
    if revoked.has(code.place):
        return Checked(Answer.NOT_VALID, Because.REVOKED, code)
    return Checked(Answer.VALID, None, code)
