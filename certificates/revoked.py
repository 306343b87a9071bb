"""The signed, dated list of revoked certificates: a bit for each place, by IETF's Token Status List.  Pure.

A certificate's code names its place.  The list says of every place whether it is revoked, when it was made,
and until when it may be used.  Nobody learns from fetching it which certificate they hold.
"""

import base64
import datetime
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

TYPE = "statuslist+jwt"
PLACES = 2**24
BYTES = PLACES // 8
LASTS = datetime.timedelta(hours=24)
SECONDS_FRESH = 300
SKEW = datetime.timedelta(minutes=5)


class NoList(ValueError):
    """The list is missing, not ours, or too old: nothing can be said about revocation."""


@dataclass(frozen=True)
class Revoked:
    """What a list says, and since when."""

    issuer: str
    made_at: datetime.datetime
    bits: bytes

    def has(self, place: int) -> bool:
        """Whether the certificate at this place is revoked."""
        return bool(self.bits[place // 8] >> (place % 8) & 1)


def write(places: Iterable[int], *, issuer: str, address: str, key: ECKey, at: datetime.datetime) -> str:
    """The list of these places as a signed token."""
    bits = bytearray(BYTES)
    for place in places:
        bits[place // 8] |= 1 << (place % 8)
    packed = base64.urlsafe_b64encode(zlib.compress(bytes(bits), 9)).rstrip(b"=").decode()
    claims = {
        "iss": issuer,
        "sub": address,
        "iat": int(at.timestamp()),
        "exp": int((at + LASTS).timestamp()),
        "ttl": SECONDS_FRESH,
        "status_list": {"bits": 1, "lst": packed},
    }
    header = {"alg": "ES256", "typ": TYPE, "kid": key.kid}
    payload = json.dumps(claims, separators=(",", ":"))
    return jws.serialize_compact(header, payload, key, algorithms=["ES256"])


def read(text: str, keys: KeySet, *, at: datetime.datetime, oldest: datetime.timedelta = LASTS) -> Revoked:
    """What a list says; NoList unless one of these keys signed it, and it is of now."""
    try:
        found = jws.deserialize_compact(text.strip(), keys, algorithms=["ES256"])
        claims = json.loads(found.payload)
        made_at = datetime.datetime.fromtimestamp(claims["iat"], datetime.UTC)
        over_at = datetime.datetime.fromtimestamp(claims["exp"], datetime.UTC)
        bits = _unpacked(claims["status_list"])
        issuer = str(claims["iss"])
    except (JoseError, ValueError, TypeError, KeyError, OverflowError, zlib.error) as problem:
        raise NoList("The list of revoked certificates is not one of this issuer.") from problem
    if found.headers().get("typ") != TYPE:
        raise NoList("This is another kind of token, not the list of revoked certificates.")
    if at >= min(over_at, made_at + oldest) or made_at > at + SKEW:
        raise NoList("The list of revoked certificates is too old. Please fetch it anew.")
    return Revoked(issuer, made_at, bits)


def _unpacked(found: dict[str, object]) -> bytes:
    """The bits, never more of them than a list has."""
    packed = str(found["lst"])
    machine = zlib.decompressobj()
    bits = machine.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), BYTES)
    if found["bits"] != 1 or len(bits) != BYTES or machine.unconsumed_tail:
        raise ValueError("The list has another form.")
    return bits
