"""What an attacker could send: each is refused, against the real provider, and opens nothing."""

import base64
import datetime
import json
import time
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import OctKey

from accounts.card import client as client_module
from accounts.card import flow, tokens
from accounts.card.problems import CardError
from accounts.models import Session
from tests.provider.running import Running, answer_for, fresh_key

pytestmark = [pytest.mark.process, pytest.mark.django_db]
BACK = "/account/card/back/"


def assert_refused(answer, caplog, check: str) -> None:
    """Nobody is signed in, the page says so in plain words, and the log names the check that failed."""
    assert answer.status_code == 400
    assert "確かめられ" in answer.content.decode()
    assert not Session.objects.exclude(user=None).exists()
    assert f"({check})" in caplog.text


def claims_of(token: str) -> dict:
    """What stands in a token, unchecked."""
    body = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


def with_token(running: Running, make: Callable[[dict], str]) -> None:
    """The provider gives out the token that `make` makes of the claims of its own."""
    running.doctors["/token"] = lambda found: found | {"id_token": make(claims_of(found["id_token"]))}


def signed(running: Running, claims: dict, **header: str) -> str:
    """A token under the provider's own key."""
    return jwt.encode({"alg": "ES256", "kid": "signing", **header}, claims, running.signing)


@pytest.mark.parametrize(
    ("changed", "check"),
    [
        ({"nonce": "of another sign-in"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"iss": "https://attacker.example"}, "iss"),
        ({"aud": "another portal"}, "aud"),
        ({"aud": ["tsunagari", "another portal"]}, "aud"),
        ({"azp": "another portal"}, "aud"),
        ({"exp": 1_700_000_000}, "exp"),
        ({"exp": "tomorrow"}, "exp"),
        ({"exp": None}, "exp"),
        ({"iat": 1_700_000_000}, "iat"),
        ({"iat": time.time() + 3600}, "iat"),
        ({"sub": ""}, "sub"),
        ({"sub": "tsunagari-taro"}, "userinfo"),
        ({"acr": "aal2"}, "acr"),
        ({"acr": None}, "acr"),
        ({"auth_time": 1_700_000_000}, "auth_time"),
        ({"auth_time": time.time() + 3600}, "auth_time"),
        ({"auth_time": None}, "auth_time"),
    ],
)
def test_a_token_that_is_not_meant_for_this_sign_in(running, card, come_back, caplog, changed, check):
    with_token(
        running,
        lambda claims: signed(
            running, {name: value for name, value in (claims | changed).items() if value is not None}
        ),
    )

    assert_refused(come_back(), caplog, check)


def test_the_doctor_alone_breaks_nothing(running, card, come_back):
    with_token(running, lambda claims: signed(running, claims))

    assert come_back().url == "/"


def unsigned(_running: Running, claims: dict) -> str:
    """alg none."""
    parts = [json.dumps(part).encode() for part in ({"alg": "none"}, claims)]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."


def by_public_key(running: Running, claims: dict) -> str:
    """HS256 with the public key as the secret."""
    secret = OctKey.import_key(json.dumps(running.signing.as_dict(private=False)))
    return jwt.encode({"alg": "HS256", "kid": "signing"}, claims, secret, algorithms=["HS256"])


def by_another_key(_running: Running, claims: dict) -> str:
    """A key of the attacker's, under the name of the provider's."""
    return jwt.encode({"alg": "ES256", "kid": "signing"}, claims, fresh_key("signing"))


def by_a_key_it_brings(_running: Running, claims: dict) -> str:
    """A key that the token itself names."""
    key = fresh_key("mine")
    header = {"alg": "ES256", "kid": "mine", "jwk": key.as_dict(private=False)}
    return jwt.encode(header, claims, key)


def changed_afterwards(running: Running, claims: dict) -> str:
    """Other claims under the signature."""
    head, _body, signature = signed(running, claims).split(".")
    body = base64.urlsafe_b64encode(json.dumps(claims | {"sub": "tsunagari-taro"}).encode()).rstrip(b"=")
    return ".".join((head, body.decode(), signature))


@pytest.mark.parametrize(
    "forge", [unsigned, by_public_key, by_another_key, by_a_key_it_brings, changed_afterwards]
)
def test_a_token_that_the_provider_did_not_sign(running, card, come_back, caplog, forge):
    with_token(running, lambda claims: forge(running, claims))

    assert_refused(come_back(), caplog, "signature")


@pytest.mark.parametrize("token", ["", "a.b.c", "x" * 20_000, "....", "null"])
def test_what_is_no_token_at_all(running, card, come_back, token):
    with_token(running, lambda _claims: token)

    assert come_back().status_code == 400


@pytest.mark.parametrize("issuer", ["https://attacker.example", "", None])
def test_an_answer_that_another_provider_sent_or_that_names_none(card, come_back, caplog, issuer):
    assert_refused(come_back(iss=issuer), caplog, "issuer")


@pytest.mark.parametrize("state", ["of another browser", "", None])
def test_an_answer_to_a_question_that_this_browser_did_not_ask(card, come_back, caplog, state):
    assert_refused(come_back(state=state), caplog, "state")


def test_an_answer_that_somebody_else_has_seen(card, question, caplog):
    answer = answer_for(question(), "hanako")

    assert_refused(Client().get(BACK, answer), caplog, "state")


def test_an_answer_that_comes_a_second_time(client, card, question, caplog):
    answer = answer_for(question(), "hanako")
    assert client.get(BACK, answer).url == "/"
    client.post(reverse("account_logout"))

    assert_refused(client.get(BACK, answer), caplog, "state")


def test_a_code_that_comes_a_second_time_is_refused_by_the_provider_too(client, card, question):
    answer = answer_for(question(), "hanako")
    kept = client.session[flow.KEPT_AS]
    flow.holder_of(answer["code"], kept)

    with pytest.raises(CardError, match="status 400"):
        flow.holder_of(answer["code"], kept)


def test_a_code_that_was_given_to_another_browser(client, card, question, caplog):
    stolen = answer_for(question(), "hanako")["code"]
    thief = Client()
    own = answer_for(thief.get(reverse("accounts:card")).url, "taro")

    assert_refused(thief.get(BACK, own | {"code": stolen}), caplog, "status 400")


def test_an_answer_that_comes_after_ten_minutes(client, card, question, caplog, time_machine):
    answer = answer_for(question(), "hanako")
    time_machine.move_to(timezone.now() + datetime.timedelta(seconds=601))

    assert_refused(client.get(BACK, answer), caplog, "late")


@pytest.mark.parametrize("lost", [("code_challenge", "code_challenge_method"), ("code_challenge_method",)])
def test_a_question_without_pkce_gets_no_code(client, card, question, caplog, lost):
    address = urlsplit(question())
    kept = [(name, value) for name, value in parse_qsl(address.query) if name not in lost]
    answer = answer_for(address._replace(query=urlencode(kept)).geturl(), "hanako")

    assert "code" not in answer
    assert_refused(client.get(BACK, answer), caplog, "error")


def test_a_card_that_was_read_without_its_pin(running, card, come_back, caplog, settings):
    assert_refused(come_back("weak"), caplog, "acr")


@pytest.mark.parametrize("name", ["issuer", "token_endpoint"])
def test_a_provider_that_says_it_is_another_or_says_nothing(client, running, name):
    running.doctors["openid-configuration"] = lambda found: found | {name: None}

    assert client.get(reverse("accounts:card")).status_code == 503


def test_the_proof_of_who_asks_is_of_one_use_and_of_a_minute(running):
    one, other = (claims_of(tokens.assertion(audience=running.issuer)) for _each in range(2))

    assert one["jti"] != other["jti"]
    assert one["exp"] - one["iat"] == 60
    assert one["aud"] == running.issuer


@pytest.mark.parametrize("name", client_module.ENDPOINTS)
def test_a_provider_that_names_an_address_elsewhere(client, running, settings, name):
    elsewhere = {name: "http://attacker.example/token"}
    running.doctors[client_module.WELL_KNOWN] = lambda found: found | elsewhere

    assert client.get("/account/card/").status_code == 503

    settings.OIDC_HOSTS = ["attacker.example"]
    assert client.get("/account/card/").status_code == 302
