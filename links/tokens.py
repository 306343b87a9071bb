"""Who calls the API: a machine signs a JWT that proves who it is (RFC 7523), and gets a token (RFC 9068).

The proof is ES256 or PS256: the machine alone has its key, and we keep the public half. The token is ES256.
"""

import datetime
import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, RSAKey

from links.models import ApiClient

API_PATH = "/api/v1/"
TOKEN_PATH = f"{API_PATH}token"
ALGORITHMS = {"EC": "ES256", "RSA": "PS256"}
KINDS: dict[str, type[ECKey] | type[RSAKey]] = {"EC": ECKey, "RSA": RSAKey}
TOKEN_TYPE = "at+jwt"
LARGEST_JWT = 4_096
SMALLEST_RSA_KEY = 3_072
SKEW = datetime.timedelta(seconds=30)
LONGEST_ASSERTION = datetime.timedelta(minutes=5)
TOKEN_LASTS = datetime.timedelta(minutes=10)
PROBLEMS = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


class NotProven(Exception):
    """Nobody is known by this proof; why is not told, for a thief learns from it."""


class UnfitKey(ValueError):
    """A public key that no machine may have; its text says why."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The machine that calls, and what its token allows."""

    client: ApiClient
    scopes: frozenset[str]


def token_url() -> str:
    """Where tokens are had; also what a machine's proof must name as its audience."""
    return f"{settings.BASE_URL}{TOKEN_PATH}"


def public_key(jwk: object) -> dict[str, Any]:
    """A machine's key as it is stored; UnfitKey where it is private, too weak or of another kind."""
    if not isinstance(jwk, dict) or jwk.get("kty") not in KINDS:
        raise UnfitKey("This is no JSON Web Key on P-256, and none of RSA.")
    try:
        key = KINDS[jwk["kty"]].import_key(jwk)
    except PROBLEMS as problem:
        raise UnfitKey("This JSON Web Key cannot be read.") from problem
    if key.is_private:
        raise UnfitKey("This is a private key: it must not leave its machine. Send the public one.")
    if isinstance(key, ECKey) and key.curve_name != "P-256":
        raise UnfitKey("This key is not on P-256.")
    if isinstance(key, RSAKey) and key.raw_value.key_size < SMALLEST_RSA_KEY:
        raise UnfitKey(f"This RSA key has fewer than {SMALLEST_RSA_KEY} bits.")
    return {name: jwk[name] for name in ("kty", "crv", "x", "y", "n", "e") if name in jwk}


def proven(assertion: str, *, at: datetime.datetime) -> ApiClient:
    """The machine that signed this proof for us, a moment ago, and never used it before; else NotProven."""
    try:
        claimed = _unverified(assertion)["iss"]
        client = ApiClient.objects.current().get(client_id=claimed)
        claims = _verified(assertion, client, at)
    except (*PROBLEMS, ApiClient.DoesNotExist) as problem:
        raise NotProven from problem
    _use_once(client, claims["jti"])
    return client


def issue(client: ApiClient, scopes: Collection[str], *, at: datetime.datetime) -> str:
    """An access token for these scopes, for ten minutes."""
    claims = {
        "iss": settings.BASE_URL,
        "aud": _audience(),
        "sub": client.client_id,
        "client_id": client.client_id,
        "iat": int(at.timestamp()),
        "exp": int((at + TOKEN_LASTS).timestamp()),
        "scope": " ".join(sorted(scopes)),
    }
    return jwt.encode({"alg": "ES256", "typ": TOKEN_TYPE}, claims, signing_key())


def caller(token: str, *, at: datetime.datetime) -> Caller:
    """Who calls with this access token; NotProven where it is not ours, is over, or was revoked."""
    ours, here = {"essential": True, "value": settings.BASE_URL}, {"essential": True, "value": _audience()}
    try:
        found = jwt.decode(_short(token), signing_key(), algorithms=["ES256"])
        _registry(at, iss=ours, aud=here, exp={"essential": True}).validate(found.claims)
        client = ApiClient.objects.current().select_related("institution").get(client_id=found.claims["sub"])
        scopes = frozenset(found.claims["scope"].split())
    except (*PROBLEMS, ApiClient.DoesNotExist) as problem:
        raise NotProven from problem
    if found.header.get("typ") != TOKEN_TYPE:
        raise NotProven
    return Caller(client, scopes)


def signing_key() -> ECKey:
    """Our own key; ImproperlyConfigured, without its content, where it cannot be used."""
    return _key(settings.API_KEY)


@lru_cache(maxsize=4)
def _key(text: str) -> ECKey:
    try:
        key = ECKey.import_key(json.loads(text))
    except PROBLEMS:
        raise ImproperlyConfigured("API_KEY is not a JSON Web Key.") from None
    if key.curve_name != "P-256" or not key.is_private:
        raise ImproperlyConfigured("API_KEY is not a private P-256 key.")
    return key


def _unverified(assertion: str) -> dict[str, Any]:
    payload = json.loads(jws.extract_compact(_short(assertion).encode()).payload)
    return payload if isinstance(payload, dict) else {}


def _verified(assertion: str, client: ApiClient, at: datetime.datetime) -> dict[str, Any]:
    """The claims of a proof, once all of RFC 7523 holds; one of PROBLEMS where it does not."""
    key = JWKRegistry.import_key(client.key)
    claims = jwt.decode(assertion, key, algorithms=[ALGORITHMS[key.key_type]]).claims
    who = {"essential": True, "value": client.client_id}
    some = {"essential": True}
    _registry(at, iss=who, sub=who, aud=some, exp=some, jti=some).validate(claims)
    # a list could name another server too, which might then use the proof here
    if claims["aud"] != token_url():
        raise ValueError
    if not claims["exp"] <= (at + LONGEST_ASSERTION + SKEW).timestamp():
        raise ValueError
    return claims


def _registry(at: datetime.datetime, **wanted: Any) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(now=int(at.timestamp()), leeway=int(SKEW.total_seconds()), **wanted)


def _use_once(client: ApiClient, jti: str) -> None:
    """NotProven where this machine showed a proof with this name as long as it may be good."""
    place = f"api-proof:{client.client_id}:{sha256(jti.encode(errors='surrogatepass')).hexdigest()}"
    if not cache.add(place, True, timeout=int((LONGEST_ASSERTION + 3 * SKEW).total_seconds())):
        raise NotProven


def _short(token: str) -> str:
    if len(token) > LARGEST_JWT:
        raise ValueError
    return token


def _audience() -> str:
    return f"{settings.BASE_URL}{API_PATH}"
