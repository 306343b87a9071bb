"""Talks to the provider: what it says of itself, its keys, tokens for a code, who it is."""

import json
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from accounts.card.problems import CardError, Reason

PATIENCE = (3.05, 10)
AN_HOUR = 3600
WELL_KNOWN = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


def is_offered() -> bool:
    """Whether this installation knows a provider."""
    return bool(settings.OIDC_ISSUER)


def client_key() -> ECKey:
    """The P-256 key that proves who we are; ImproperlyConfigured, quoting nothing, where it is none."""
    try:
        key = ECKey.import_key(json.loads(settings.OIDC_CLIENT_KEY))
    except (JoseError, ValueError, TypeError, KeyError):
        raise ImproperlyConfigured("OIDC_CLIENT_KEY is not a JSON Web Key.") from None
    if key.curve_name != "P-256" or not key.is_private:
        raise ImproperlyConfigured("OIDC_CLIENT_KEY is not a private P-256 key.")
    return key


def check() -> None:
    """What belongs together is set together; ImproperlyConfigured, one sentence, where it is not."""
    if not is_offered():
        return
    if not settings.OIDC_CLIENT_ID:
        raise ImproperlyConfigured("OIDC_ISSUER is set and OIDC_CLIENT_ID is not.")
    client_key()
    if not settings.OIDC_ACR and not settings.OIDC_WITHOUT_TLS:
        raise ImproperlyConfigured("OIDC_ISSUER is set and OIDC_ACR is not: a card without its PIN would do.")
    if urlsplit(settings.OIDC_ISSUER).scheme != "https" and not settings.OIDC_WITHOUT_TLS:
        raise ImproperlyConfigured("OIDC_ISSUER does not begin with https.")


def provider() -> dict[str, Any]:
    """What the provider says of itself, for an hour the same; CardError where it names another issuer."""
    issuer = settings.OIDC_ISSUER
    known: dict[str, Any] | None = cache.get(f"card:provider:{issuer}")
    if known is None:
        known = asked("GET", issuer.rstrip("/") + WELL_KNOWN)
        if known.get("issuer") != issuer or any(not isinstance(known.get(name), str) for name in ENDPOINTS):
            raise CardError(Reason.AWAY, "discovery")
        if not all(is_allowed(known[name]) for name in ENDPOINTS):
            raise CardError(Reason.AWAY, "host")
        cache.set(f"card:provider:{issuer}", known, AN_HOUR)
    return known


def is_allowed(address: str) -> bool:
    """Whether it is on the issuer's own host or one that the settings name, and nothing reads along."""
    issuer, asked_for = urlsplit(settings.OIDC_ISSUER), urlsplit(address)
    hosts = {issuer.hostname, *settings.OIDC_HOSTS}
    return asked_for.scheme == issuer.scheme and asked_for.hostname in hosts


def keys(*, fresh: bool = False) -> dict[str, Any]:
    """The provider's public keys, for an hour the same; `fresh` asks for them again."""
    address = provider()["jwks_uri"]
    known: dict[str, Any] | None = None if fresh else cache.get(f"card:keys:{address}")
    if known is None:
        known = asked("GET", address)
        cache.set(f"card:keys:{address}", known, AN_HOUR)
    return known


def tokens_for(form: dict[str, str]) -> dict[str, Any]:
    """The tokens for a code; CardError where the provider refuses it."""
    found = asked("POST", provider()["token_endpoint"], data=form)
    if not isinstance(found.get("id_token"), str) or not isinstance(found.get("access_token"), str):
        raise CardError(Reason.NOT_PROVEN, "tokens")
    return found


def userinfo(access_token: str) -> dict[str, Any]:
    """What the provider says of the person."""
    bearer = {"Authorization": f"Bearer {access_token}"}
    return asked("GET", provider()["userinfo_endpoint"], headers=bearer)


def asked(method: str, address: str, **more: Any) -> dict[str, Any]:
    """The answer as an object; CardError where there is none, or a refusal. No redirect is followed."""
    try:
        answer = requests.request(method, address, timeout=PATIENCE, allow_redirects=False, **more)
        found = answer.json() if answer.status_code == 200 else None
    except requests.RequestException as problem:
        raise CardError(Reason.AWAY, type(problem).__name__) from None
    if 400 <= answer.status_code < 500:
        raise CardError(Reason.NOT_PROVEN, f"status {answer.status_code}")
    if not isinstance(found, dict):
        raise CardError(Reason.AWAY, f"status {answer.status_code}")
    return found
