"""The keys of certificates' codes: one signs, older ones stay until the last certificate of theirs is over.

CERTIFICATE_KEY holds a JSON Web Key, or a set whose first key is private and signs.  An older key carries
`exp`, the second from which nothing that it signed counts.  What is published are the public halves.
"""

import datetime
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

PUBLIC = ("kty", "crv", "x", "y", "kid", "alg", "use", "exp")
PROBLEMS = (JoseError, ValueError, TypeError, KeyError, AttributeError, IndexError)


class NoKey(RuntimeError):
    """The signing key is missing or unusable: nothing can be signed or checked now."""


@dataclass(frozen=True)
class Keys:
    """Those of one issuer, the one that signs first."""

    every: tuple[ECKey, ...]

    @property
    def signing(self) -> ECKey:
        """The key that signs; NoKey where only public halves are here."""
        if not self.every[0].is_private:
            raise NoKey("CERTIFICATE_KEY cannot sign.")
        return self.every[0]

    def standing(self, at: datetime.datetime) -> KeySet:
        """Those whose signatures count at that moment."""
        return KeySet([key for key in self.every if not _is_over(key, at)])

    def published(self) -> dict[str, Any]:
        """The set that anybody may have, as JSON."""
        return {"keys": [public(key) for key in self.every]}


def public(key: ECKey) -> dict[str, Any]:
    """A key without its private half."""
    found: dict[str, Any] = {**key.as_dict(private=False), **_extra(key)}
    return {name: found[name] for name in PUBLIC if name in found}


@lru_cache(maxsize=8)
def load_keys(text: str) -> Keys:
    """The keys of a JSON Web Key or a set of them; NoKey, which quotes nothing, where it is neither."""
    try:
        found = json.loads(text)
        every = tuple(_key(each) for each in found.get("keys", [found]))
        every[0].kid  # noqa: B018 - an empty set is no set
    except PROBLEMS as problem:
        raise NoKey("CERTIFICATE_KEY is not a JSON Web Key.") from problem
    if any(key.curve_name != "P-256" for key in every):
        raise NoKey("CERTIFICATE_KEY is not a P-256 key.")
    return Keys(every)


def _key(found: dict[str, Any]) -> ECKey:
    return ECKey.import_key(found)


def _extra(key: ECKey) -> dict[str, Any]:
    """The parameters that say until when a key counts."""
    return {"exp": key.get("exp")} if key.get("exp") is not None else {}


def _is_over(key: ECKey, at: datetime.datetime) -> bool:
    until = _extra(key).get("exp")
    return until is not None and at.timestamp() >= until
