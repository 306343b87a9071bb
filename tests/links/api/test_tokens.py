"""How a machine gets its token, and how nobody else does."""

import datetime
import json
import math

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from joserfc.util import urlsafe_b64encode

from links.clients import add_client, revoke_client
from links.models import ApiClient
from links.tokens import UnfitKey, issue, signing_key, token_url
from portal.keys import fresh_signing_key
from tests import factories
from tests.links.api.calling import TOKEN, Machine, machine

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def refused(answer) -> str:
    """Why there is no token, in OAuth's words."""
    assert answer.status_code in (400, 401)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/json", "no-store")
    return answer.json()["error"]


def is_let_in(caller: Machine) -> bool:
    """Whether its token opens anything; there is no such link."""
    answer = caller.ask("A1")
    assert answer.status_code in (401, 404)
    return answer.status_code == 404


def test_a_machine_that_signs_who_it_is_gets_a_token_that_lets_it_in(pension_machine: Machine) -> None:
    answer = pension_machine.ask_for_token()

    told = answer.json()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert (told["token_type"], told["expires_in"], told["scope"]) == (
        "Bearer",
        600,
        "links:read links:write",
    )
    assert is_let_in(Machine(pension_machine.client, pension_machine.key, told["access_token"]))


@pytest.fixture(scope="session")
def rsa_key() -> RSAKey:
    return RSAKey.generate_key(3072)


def test_an_rsa_key_does_too(pensions, rsa_key) -> None:
    caller = machine(pensions, key=rsa_key)

    assert caller.ask_for_token().status_code == 200


def test_a_machine_may_ask_for_fewer_scopes_and_not_for_more(pension_machine: Machine, pensions) -> None:
    reader = machine(pensions, ApiClient.Scope.READ)

    assert pension_machine.ask_for_token(scope="links:read").json()["scope"] == "links:read"
    assert refused(reader.ask_for_token(scope="links:read links:write")) == "invalid_scope"


def test_a_proof_serves_once(pension_machine: Machine) -> None:
    proof = pension_machine.proof()

    assert pension_machine.ask_for_token(proof).status_code == 200
    assert refused(pension_machine.ask_for_token(proof)) == "invalid_client"


def test_another_machine_may_use_the_same_name_for_its_proof(pension_machine: Machine, pensions) -> None:
    other = machine(pensions)

    assert pension_machine.ask_for_token(pension_machine.proof(jti="1")).status_code == 200
    assert other.ask_for_token(other.proof(jti="1")).status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "somebody"},
        {"sub": "somebody"},
        {"sub": None},
        {"aud": "https://portal.example/api/v1/token"},
        {"aud": None},
        {"aud": [token_url(), "https://another.example/token"]},
        {"jti": None},
        {"jti": ""},
        {"jti": 1},
        {"exp": None},
        {"exp": 0},
        {"exp": "soon"},
        {"exp": math.inf},
        {"exp": math.nan},
        {"exp": 4_000_000_000},
        {"nbf": 4_000_000_000},
        {"iat": 4_000_000_000},
    ],
)
def test_a_proof_that_says_anything_else_proves_nothing(pension_machine: Machine, claims) -> None:
    assert refused(pension_machine.ask_for_token(pension_machine.proof(**claims))) == "invalid_client"


def test_a_proof_that_is_over_proves_nothing(pension_machine: Machine) -> None:
    proof = pension_machine.proof()

    with time_machine.travel(timezone.now() + 3 * MINUTE):
        assert refused(pension_machine.ask_for_token(proof)) == "invalid_client"


def test_clocks_may_differ_by_half_a_minute(pension_machine: Machine) -> None:
    late = pension_machine.proof(exp=(timezone.now() - MINUTE / 3).timestamp())
    early = pension_machine.proof(iat=(timezone.now() + MINUTE / 3).timestamp())

    assert pension_machine.ask_for_token(late).status_code == 200
    assert pension_machine.ask_for_token(early).status_code == 200


def test_a_proof_without_a_signature_proves_nothing(pension_machine: Machine) -> None:
    header, claims = ({"alg": "none"}, pension_machine.claims())
    forged = ".".join(
        [*(urlsafe_b64encode(json.dumps(part).encode()).decode() for part in (header, claims)), ""]
    )

    assert refused(pension_machine.ask_for_token(forged)) == "invalid_client"


def test_a_proof_signed_with_the_public_key_as_a_secret_proves_nothing(pension_machine: Machine) -> None:
    public = OctKey.import_key(json.dumps(pension_machine.client.key))
    forged = jwt.encode({"alg": "HS256"}, pension_machine.claims(), public, algorithms=["HS256"])

    assert refused(pension_machine.ask_for_token(forged)) == "invalid_client"


def test_nobody_signs_for_another_machine(pension_machine: Machine, pensions) -> None:
    thief = Machine(pension_machine.client, ECKey.generate_key("P-256"))
    insider = Machine(pension_machine.client, machine(pensions).key)

    assert refused(thief.ask_for_token()) == "invalid_client"
    assert refused(insider.ask_for_token()) == "invalid_client"


def test_a_key_inside_the_proof_is_not_looked_at(pension_machine: Machine) -> None:
    own = ECKey.generate_key("P-256")
    header = {"alg": "ES256", "jwk": own.as_dict(private=False)}

    assert (
        refused(pension_machine.ask_for_token(jwt.encode(header, pension_machine.claims(), own)))
        == "invalid_client"
    )


@pytest.mark.parametrize("proof", ["", "x", "a.b.c", "..", "é.é.é", "eyJhbGciOiJub25lIn0..", "a" * 10_000])
def test_what_is_no_proof_proves_nothing(pension_machine: Machine, proof) -> None:
    assert refused(pension_machine.ask_for_token(proof)) == "invalid_client"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion_type": "x"}, "invalid_request"),
        ({"client_id": "somebody"}, "invalid_client"),
        ({"scope": "everything"}, "invalid_scope"),
    ],
)
def test_another_form_is_refused_in_the_words_of_oauth(pension_machine: Machine, form, error) -> None:
    assert refused(pension_machine.ask_for_token(**form)) == error


@pytest.mark.parametrize(
    "form", ["x=1", "grant_type=client_credentials", "grant_type=a&grant_type=a", "a=%FF"]
)
def test_a_form_that_lacks_something_or_says_it_twice_is_invalid(pension_machine: Machine, form) -> None:
    answer = pension_machine.send("POST", TOKEN, form, content_type="application/x-www-form-urlencoded")

    assert refused(answer) == "invalid_request"


def test_a_form_of_another_media_type_is_not_read(pension_machine: Machine) -> None:
    assert pension_machine.send("POST", TOKEN, {}).status_code == 415


def test_without_a_token_nobody_is_let_in_and_is_told_what_would_do(pension_machine: Machine) -> None:
    answer = pension_machine.send("GET", "/api/v1/links/pension?reference=A1", authorization="")

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="links"')


@pytest.mark.parametrize(
    "authorization", ["Bearer", "Bearer x", "Basic eDp4", "Bearer a.b.c", "Bearer é", "x" * 9000]
)
def test_what_is_no_token_lets_nobody_in(pension_machine: Machine, authorization) -> None:
    answer = pension_machine.send("GET", "/api/v1/links/pension?reference=A1", authorization=authorization)

    assert answer.status_code == 401


def test_a_token_is_over_after_ten_minutes(pension_machine: Machine) -> None:
    assert is_let_in(pension_machine)

    with time_machine.travel(timezone.now() + 11 * MINUTE):
        assert not is_let_in(pension_machine)


def test_a_machine_that_was_revoked_is_out_at_once(pension_machine: Machine) -> None:
    revoke_client(client=pension_machine.client, by=None, at=timezone.now())

    assert not is_let_in(pension_machine)
    assert refused(pension_machine.ask_for_token()) == "invalid_client"


@pytest.mark.parametrize(
    ("header", "claims"),
    [
        ({"typ": "JWT"}, {}),
        ({}, {"aud": "https://portal.example/"}),
        ({}, {"iss": "https://portal.example"}),
        ({}, {"exp": None}),
        ({}, {"scope": None}),
    ],
)
def test_what_we_signed_for_something_else_is_no_token(pension_machine: Machine, header, claims) -> None:
    ours = jwt.decode(pension_machine.token, signing_key())
    said = {name: value for name, value in (ours.claims | claims).items() if value is not None}
    pension_machine.token = jwt.encode(ours.header | header, said, signing_key())

    assert not is_let_in(pension_machine)


def test_a_token_signed_with_the_key_of_certificates_is_none(pension_machine: Machine) -> None:
    ours = jwt.decode(pension_machine.token, signing_key())
    other = ECKey.import_key(json.loads(settings.CERTIFICATE_KEY))
    pension_machine.token = jwt.encode(ours.header, ours.claims, other)

    assert not is_let_in(pension_machine)


def test_a_proof_is_no_token(pension_machine: Machine) -> None:
    pension_machine.token = pension_machine.proof()

    assert not is_let_in(pension_machine)


def test_tokens_of_before_a_new_key_are_over(pension_machine: Machine, settings) -> None:
    settings.API_KEY = fresh_signing_key()

    assert not is_let_in(pension_machine)


def test_a_token_says_who_calls_and_nothing_else(pension_machine: Machine) -> None:
    token = issue(pension_machine.client, ["links:read"], at=timezone.now())

    claims = jwt.decode(token, signing_key()).claims
    assert set(claims) == {"iss", "aud", "sub", "client_id", "iat", "exp", "scope"}


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (lambda: None, "no JSON Web Key"),
        (lambda: "", "no JSON Web Key"),
        (lambda: {"kty": "oct", "k": "AA"}, "no JSON Web Key"),
        (lambda: {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}, "cannot be read"),
        (lambda: {"kty": "RSA"}, "cannot be read"),
        (lambda: ECKey.generate_key("P-256").as_dict(private=True), "private key"),
        (lambda: ECKey.generate_key("P-384").as_dict(private=False), "not on P-256"),
        (lambda: RSAKey.generate_key(2048).as_dict(private=False), "fewer than 3072 bits"),
    ],
)
@pytest.mark.filterwarnings("ignore:Key size should be")
def test_a_key_that_is_private_or_weak_is_not_taken(pensions, key, reason) -> None:
    with pytest.raises(UnfitKey, match=reason):
        add_client(institution=pensions, jwk=key(), scopes=[], by=None, at=timezone.now())

    assert not ApiClient.objects.exists()


def test_only_what_makes_the_public_key_is_kept() -> None:
    jwk = ECKey.generate_key("P-256").as_dict(private=False) | {"use": "sig", "x5u": "https://a.example"}

    client = add_client(
        institution=factories.InstitutionFactory.create(), jwk=jwk, scopes=[], by=None, at=timezone.now()
    )

    assert set(client.key) == {"kty", "crv", "x", "y"}
