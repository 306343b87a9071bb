"""The signed code on a certificate: a compact JWS (ES256), checked offline with the public key."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

ALGORITHM = "ES256"
JAPAN = timezone(timedelta(hours=9))


class NotOurs(ValueError):
    """The code was not signed by us, or was altered."""


class NoKey(RuntimeError):
    """The signing key is missing or unusable: nothing can be signed or checked now."""


@dataclass(frozen=True)
class Code:
    """What a code says: whose it is (issuer), which certificate, valid from and until which day in Japan."""

    issuer: str
    certificate: str
    issued_on: date
    valid_until: date


def load_key(jwk_json: str) -> ECKey:
    """Return the P-256 key of a JSON Web Key; raise NoKey where it is none."""
    try:
        key = ECKey.import_key(json.loads(jwk_json))
    except (JoseError, ValueError, TypeError, KeyError) as problem:
        raise NoKey("CERTIFICATE_KEY is not a JSON Web Key.") from problem
    if key.curve_name != "P-256":
        raise NoKey("CERTIFICATE_KEY is not a P-256 key.")
    return key


def sign(code: Code, key: ECKey) -> str:
    """Return the signed code; `exp` is the midnight with which the last day ends in Japan."""
    claims = {
        "iss": code.issuer,
        "jti": code.certificate,
        "iat": _midnight(code.issued_on),
        "exp": _midnight(code.valid_until + timedelta(days=1)),
    }
    header = {"alg": ALGORITHM, "kid": key.kid} if key.kid else {"alg": ALGORITHM}
    payload = json.dumps(claims, separators=(",", ":"))
    try:
        return jws.serialize_compact(header, payload, key, algorithms=[ALGORITHM])
    except (JoseError, ValueError) as problem:
        raise NoKey("CERTIFICATE_KEY cannot sign.") from problem


def verify(token: str, key: ECKey | KeySet, *, issuer: str) -> Code:
    """Return what a code says, expired or not; NotOurs unless this issuer signed it."""
    try:
        claims = json.loads(jws.deserialize_compact(token, key, algorithms=[ALGORITHM]).payload)
        code = Code(
            issuer=claims["iss"],
            certificate=str(claims["jti"]),
            issued_on=_day(claims["iat"]),
            valid_until=_day(claims["exp"]) - timedelta(days=1),
        )
    except (JoseError, ValueError, TypeError, KeyError, OverflowError) as problem:
        raise NotOurs("The code was not signed by this service.") from problem
    if code.issuer != issuer:
        raise NotOurs("The code is another issuer's.")
    return code


def _midnight(day: date) -> int:
    """Seconds since 1970 at which a day begins in Japan."""
    return int(datetime.combine(day, time.min, JAPAN).timestamp())


def _day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, JAPAN).date()
