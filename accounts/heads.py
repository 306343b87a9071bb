"""The daily head of the trail: where its chain ends, signed (JWS, ES256), to be published elsewhere.

TRAIL_KEY is a private P-256 JSON Web Key, or a set of keys: the first one signs, older ones only prove.
"""

import datetime
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.timezone import localdate
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from accounts import sealing
from accounts.models import Seal, TrailHead

ALGORITHM = "ES256"
TYPE = "trail-head+jws"
MOST = 400
PROBLEMS = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


class NotOurHead(ValueError):
    """The token was not signed with a key of ours, or says something else than a head."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a head says: on that day, the chain ended at this position with this hash, after that token."""

    day: datetime.date
    position: int
    hash: bytes
    previous: str


@transaction.atomic
def make_head(*, at: datetime.datetime) -> TrailHead:
    """Sign where the chain ends; the head that there is where the day has one."""
    day = localdate(at)
    if made := TrailHead.objects.filter(day=day).first():
        return made
    last, before = Seal.objects.newest(), TrailHead.objects.order_by("-day").first()
    claim = Claim(
        day=day,
        position=last.position if last else 0,
        hash=bytes(last.hash) if last else sealing.BEGINNING,
        previous=fingerprint(before.token) if before else "",
    )
    made, _new = TrailHead.objects.get_or_create(
        day=day, defaults={"at": at, "position": claim.position, "hash": claim.hash, "token": sign(claim)}
    )
    return made


def fingerprint(token: str) -> str:
    """By which the next head names this one."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign(claim: Claim) -> str:
    """The claim as a compact JWS."""
    key = keys()[0]
    said = {
        "iss": settings.BASE_URL,
        "day": claim.day.isoformat(),
        "position": claim.position,
        "hash": claim.hash.hex(),
        "previous": claim.previous,
    }
    header = {"alg": ALGORITHM, "typ": TYPE} | ({"kid": key.kid} if key.kid else {})
    return jws.serialize_compact(header, sealing.canonical(said), key, algorithms=[ALGORITHM])


def read(token: str) -> Claim:
    """What a head says; NotOurHead unless one of our keys signed it."""
    try:
        said = json.loads(proven(token))
        return Claim(
            day=datetime.date.fromisoformat(said["day"]),
            position=int(said["position"]),
            hash=bytes.fromhex(said["hash"]),
            previous=str(said["previous"]),
        )
    except PROBLEMS as problem:
        raise NotOurHead("The head was not signed by this service.") from problem


def proven(token: str) -> bytes:
    """The payload of a head that one of our keys signed; one of PROBLEMS otherwise."""
    for key in keys():
        try:
            found = jws.deserialize_compact(token, key, algorithms=[ALGORITHM])
        except JoseError:
            continue
        if found.headers().get("typ") == TYPE:
            return found.payload or b""
    raise ValueError


def keys() -> list[ECKey]:
    """Our keys, the one that signs first; ImproperlyConfigured, quoting nothing, where none can be used."""
    return _keys(settings.TRAIL_KEY)


@lru_cache(maxsize=4)
def _keys(text: str) -> list[ECKey]:
    try:
        told = json.loads(text)
        found = [ECKey.import_key(each) for each in told.get("keys", [told])]
        fit = found[0].is_private and all(key.curve_name == "P-256" for key in found)
    except (*PROBLEMS, IndexError):
        raise ImproperlyConfigured("TRAIL_KEY is not a JSON Web Key, nor a set of some.") from None
    if not fit:
        raise ImproperlyConfigured("TRAIL_KEY is not a private P-256 key.")
    return found


def published() -> dict[str, Any]:
    """What everyone may copy: the latest heads, newest first, and the public keys that prove them."""
    heads = TrailHead.objects.order_by("-day")[:MOST]
    return {
        "keys": [key.as_dict(private=False) for key in keys()],
        "heads": [
            {
                "day": head.day.isoformat(),
                "position": head.position,
                "hash": bytes(head.hash).hex(),
                "token": head.token,
            }
            for head in heads
        ],
    }
