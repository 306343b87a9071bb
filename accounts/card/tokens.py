"""What we sign for the provider, and each check of what it signs for us (OpenID Connect Core, 3.1.3.7)."""

import secrets
import time
from typing import Any, cast

from django.conf import settings
from django.utils.crypto import constant_time_compare
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from accounts.card import client
from accounts.card.problems import CardError, Reason

ALGORITHM = "ES256"
SKEW = 30
ASSERTION_LASTS = 60
# a token for a code that was given a moment ago is itself from a moment ago
OLDEST = 600
LARGEST = 16_384
LONGEST_SUBJECT = 255
PROBLEMS = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


def assertion(*, audience: str) -> str:
    """Proof that it is us who ask (private_key_jwt), for one use within a minute."""
    key, now = client.client_key(), int(time.time())
    claims = {
        "iss": settings.OIDC_CLIENT_ID,
        "sub": settings.OIDC_CLIENT_ID,
        "aud": audience,
        "jti": secrets.token_urlsafe(16),
        "iat": now,
        "exp": now + ASSERTION_LASTS,
    }
    header = {"alg": ALGORITHM, "kid": key.kid} if key.kid else {"alg": ALGORITHM}
    return jwt.encode(header, claims, key, algorithms=[ALGORITHM])


def checked(id_token: str, *, nonce: str, since: float) -> dict[str, Any]:
    """The claims of an ID token for this very sign-in, the card read since then; CardError otherwise."""
    if len(id_token) > LARGEST:
        raise CardError(Reason.NOT_PROVEN, "size")
    claims = signed_by_the_provider(id_token)
    now = time.time()
    expected = {
        "iss": claims.get("iss") == settings.OIDC_ISSUER,
        "aud": is_for_us(claims),
        "exp": is_time(claims.get("exp")) and claims["exp"] > now - SKEW,
        "iat": is_time(claims.get("iat")) and now - OLDEST < claims["iat"] < now + SKEW,
        "auth_time": is_time(claims.get("auth_time")) and since - SKEW < claims["auth_time"] < now + SKEW,
        "nonce": constant_time_compare(str(claims.get("nonce")), nonce),
        "sub": isinstance(claims.get("sub"), str) and 0 < len(claims["sub"]) <= LONGEST_SUBJECT,
        "acr": not settings.OIDC_ACR or claims.get("acr") in settings.OIDC_ACR,
    }
    for name, holds in expected.items():
        if not holds:
            raise CardError(Reason.NOT_PROVEN, name)
    return claims


def signed_by_the_provider(id_token: str) -> dict[str, Any]:
    """The claims under a signature of one of the provider's keys, which are asked for again once."""
    for fresh in (False, True):
        try:
            known = KeySet.import_key_set(cast("KeySetSerialization", client.keys(fresh=fresh)))
            return dict(jwt.decode(id_token, known, algorithms=[ALGORITHM]).claims)
        except PROBLEMS:
            continue
    raise CardError(Reason.NOT_PROVEN, "signature")


def is_for_us(claims: dict[str, Any]) -> bool:
    """Whether we are its audience; among several, it must have been made for us."""
    audience, us = claims.get("aud"), settings.OIDC_CLIENT_ID
    if isinstance(audience, list) and len(audience) > 1:
        return us in audience and claims.get("azp") == us
    return audience in (us, [us]) and claims.get("azp", us) == us


def is_time(value: object) -> bool:
    """Whether it is a number of seconds."""
    return isinstance(value, int | float) and not isinstance(value, bool)
