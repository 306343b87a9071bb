"""One sign-in with the card, there and back. Nothing that the browser brings back is believed unchecked."""

import base64
import hashlib
import secrets
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from accounts.card import client, tokens
from accounts.card.problems import CardError, Reason

SCOPES = "openid name address birthdate gender"
KEPT_AS = "card"
LASTS = 600


@dataclass(frozen=True, slots=True)
class Holder:
    """Who the provider says it is: a name for us alone, and what stands on the card, in no repr."""

    issuer: str
    subject: str
    claims: dict[str, Any] = field(repr=False)


def begin(session: MutableMapping[str, Any], *, purpose: str, at: float) -> str:
    """Where the browser goes at the provider; what proves that it comes back stays in the session."""
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    challenge = hashlib.sha256(kept["verifier"].encode()).digest()
    question = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": way_back(),
        "scope": SCOPES,
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        # the card is read now: no session at the provider opens anything here
        "max_age": "0",
    }
    if settings.OIDC_ACR:
        question["acr_values"] = " ".join(settings.OIDC_ACR)
    address: str = client.provider()["authorization_endpoint"]
    session[KEPT_AS] = kept | {"purpose": purpose, "at": at}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(question)}"


def finish(session: MutableMapping[str, Any], answer: Mapping[str, str], *, at: float) -> tuple[str, Holder]:
    """What the sign-in was for, and who it is; CardError otherwise. The same answer counts once."""
    kept = session.pop(KEPT_AS, None)
    if not kept or not constant_time_compare(answer.get("state", ""), kept["state"]):
        raise CardError(Reason.NOT_PROVEN, "state")
    if at - kept["at"] > LASTS:
        raise CardError(Reason.NOT_PROVEN, "late")
    check_issuer(answer.get("iss"))
    if "error" in answer or not answer.get("code"):
        stopped = answer.get("error") == "access_denied"
        raise CardError(Reason.STOPPED if stopped else Reason.NOT_PROVEN, "error")
    return kept["purpose"], holder_of(answer["code"], kept)


def check_issuer(named: str | None) -> None:
    """The answer comes from the provider that was asked (RFC 9207), not from another one in between."""
    must = client.provider().get("authorization_response_iss_parameter_supported")
    if named != settings.OIDC_ISSUER and (must or named is not None):
        raise CardError(Reason.NOT_PROVEN, "issuer")


def holder_of(code: str, kept: Mapping[str, Any]) -> Holder:
    """Who stands behind a code; CardError where anything about it is not as it must be."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": way_back(),
        "client_id": settings.OIDC_CLIENT_ID,
        "code_verifier": kept["verifier"],
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": tokens.assertion(audience=settings.OIDC_ISSUER),
    }
    found = client.tokens_for(form)
    claims = tokens.checked(found["id_token"], nonce=kept["nonce"], since=kept["at"])
    told = client.userinfo(found["access_token"])
    if told.get("sub") != claims["sub"]:
        raise CardError(Reason.NOT_PROVEN, "userinfo")
    return Holder(issuer=claims["iss"], subject=claims["sub"], claims=told)


def way_back() -> str:
    """The address to which the provider sends the browser."""
    return f"{settings.BASE_URL}{reverse('accounts:card_back')}"
