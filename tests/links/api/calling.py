"""A machine of an institution: it signs who it is, gets a token, and calls the API."""

import datetime
import json
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from links.clients import add_client
from links.granting import ASSERTION, FORM, GRANT
from links.models import ApiClient, Institution
from links.tokens import issue, token_url
from tests.accounts.intake.files import NUMBER

TOKEN, LINKS = "/api/v1/token", "/api/v1/links/"
PENSION = {"individual_number": NUMBER, "linked_on": "2024-05-01", "holder_name": "見本　花子"}
LATER = datetime.timedelta(minutes=2)


@dataclass
class Machine:
    """The machine, its key, and the token that it has."""

    client: ApiClient
    key: ECKey | RSAKey
    token: str = ""
    browser: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def claims(self, **others: Any) -> dict[str, Any]:
        """What a good proof says, but for what is said otherwise; None leaves a claim out."""
        now = timezone.now()
        good = {
            "iss": self.client.client_id,
            "sub": self.client.client_id,
            "aud": token_url(),
            "jti": secrets.token_urlsafe(),
            "exp": (now + LATER).timestamp(),
        }
        return {name: value for name, value in (good | others).items() if value is not None}

    def proof(self, **others: Any) -> str:
        """A signed one."""
        algorithm = "ES256" if isinstance(self.key, ECKey) else "PS256"
        return jwt.encode({"alg": algorithm}, self.claims(**others), self.key, algorithms=[algorithm])

    def ask_for_token(self, proof: str | None = None, **others: str) -> HttpResponse:
        """The answer of the token's address."""
        form = {
            "grant_type": GRANT,
            "client_assertion_type": ASSERTION,
            "client_assertion": self.proof() if proof is None else proof,
        }
        return self.browser.post(TOKEN, urlencode(form | others), content_type=FORM)

    def call(
        self, method: str, reference: str, body: Any = None, *, category: str = "pension", **headers: str
    ):
        """The answer about one link."""
        return self.send(method, f"{LINKS}{category}?{urlencode({'reference': reference})}", body, **headers)

    def send(self, method: str, address: str, body: Any = None, **headers: str) -> HttpResponse:
        """The answer at any address; a body that is no text is sent as JSON."""
        text = body if isinstance(body, str | bytes) else "" if body is None else json.dumps(body)
        sent = {"authorization": f"Bearer {self.token}", "accept-language": "en"} | headers
        media = sent.pop("content_type", "application/json")
        return self.browser.generic(method, address, text, content_type=media, headers=sent)

    def put(self, reference: str, **columns: Any) -> HttpResponse:
        """Send a pension, good but for these columns; None leaves one out."""
        body = {name: value for name, value in (PENSION | columns).items() if value is not None}
        return self.call("PUT", reference, body)

    def end(self, reference: str) -> HttpResponse:
        """End a pension."""
        return self.call("DELETE", reference)

    def ask(self, reference: str) -> HttpResponse:
        """Ask about a pension."""
        return self.call("GET", reference)


def machine(institution: Institution, *scopes: ApiClient.Scope, key: ECKey | RSAKey | None = None) -> Machine:
    """A machine of this institution with these scopes, or all, that has a token already."""
    key = key or ECKey.generate_key("P-256")
    client = add_client(
        institution=institution,
        jwk=key.as_dict(private=False),
        scopes=scopes or list(ApiClient.Scope),
        by=None,
        at=timezone.now(),
    )
    return Machine(client, key, issue(client, client.scopes, at=timezone.now()))
