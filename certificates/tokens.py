"""The signed code on a certificate: a compact JWS (ES256), checked offline with the public key."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from certificates.keys import NoKey
from certificates.revoked import PLACES

ALGORITHM = "ES256"
JAPAN = timezone(timedelta(hours=9))


class NotOurs(ValueError):
    """The code was not signed by us, or was altered."""


@dataclass(frozen=True)
class Code:
    """What a code says: issuer, certificate, first and last day in Japan, place in the list of revoked."""

    issuer: str
    certificate: str
    issued_on: date
    valid_until: date
    place: int | None = None  # certificates from before the list have none


def sign(code: Code, key: ECKey) -> str:
    """Return the signed code; `exp` is the midnight with which the last day ends in Japan."""
    claims: dict[str, str | int] = {
        "iss": code.issuer,
        "jti": code.certificate,
        "iat": _midnight(code.issued_on),
        "exp": _midnight(code.valid_until + timedelta(days=1)),
    }
    if code.place is not None:
        claims["idx"] = code.place
    header = {"alg": ALGORITHM, "kid": key.kid} if key.kid else {"alg": ALGORITHM}
    payload = json.dumps(claims, separators=(",", ":"))
    try:
        return jws.serialize_compact(header, payload, key, algorithms=[ALGORITHM])
    except (JoseError, ValueError) as problem:
        raise NoKey("CERTIFICATE_KEY cannot sign.") from problem


def verify(token: str, key: ECKey | KeySet, *, issuer: str) -> Code:
    """Return what a code says, expired or not; NotOurs unless this issuer signed it."""
    try:
        found = jws.deserialize_compact(token, key, algorithms=[ALGORITHM])
        claims = json.loads(found.payload)
        code = Code(
            issuer=claims["iss"],
            certificate=str(claims["jti"]),
            issued_on=_day(claims["iat"]),
            valid_until=_day(claims["exp"]) - timedelta(days=1),
            place=_place(claims.get("idx")),
        )
    except (JoseError, ValueError, TypeError, KeyError, OverflowError) as problem:
        raise NotOurs("The code was not signed by this service.") from problem
    if "typ" in found.headers():
        raise NotOurs("This is another kind of token.")
    if code.issuer != issuer:
        raise NotOurs("The code is another issuer's.")
    return code


def _midnight(day: date) -> int:
    """Seconds since 1970 at which a day begins in Japan."""
    return int(datetime.combine(day, time.min, JAPAN).timestamp())


def _place(found: object) -> int | None:
    """A place in the list of revoked certificates; ValueError for a number that none has."""
    if found is not None and (type(found) is not int or not 0 <= found < PLACES):
        raise ValueError("The list has no such place.")
    return found if isinstance(found, int) else None


def _day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, JAPAN).date()
