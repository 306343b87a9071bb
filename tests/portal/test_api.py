"""What holds for every answer under /api/: machines are no browsers."""

import pytest
from django.urls import reverse

from tests.links.api.calling import LINKS, TOKEN

ADDRESSES = ["/api/v1/openapi.json", "/api/v1/nothing", TOKEN, f"{LINKS}pension?reference=A1"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_kept_and_no_cookie_is_set(client, address) -> None:
    answer = client.get(address)

    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_is_signed_in_as_a_person_is_nobody_here(
    client, resident_user, address, django_assert_num_queries
) -> None:
    client.force_login(resident_user)

    with django_assert_num_queries(0):
        answer = client.get(address)

    assert not answer.wsgi_request.user.is_authenticated


def test_the_document_is_public_and_names_every_address(client) -> None:
    document = client.get("/api/v1/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert reverse("api:link_pension") in document["paths"]
    assert document["components"]["securitySchemes"]["OAuth2"]["flows"]["clientCredentials"]["scopes"]


def test_the_document_asks_for_the_right_scope(client) -> None:
    link = client.get("/api/v1/openapi.json").json()["paths"][f"{LINKS}pension"]

    assert link["get"]["security"] == [{"OAuth2": ["links:read"]}]
    assert link["put"]["security"] == link["delete"]["security"] == [{"OAuth2": ["links:write"]}]


def test_the_number_is_only_ever_written(client) -> None:
    document = client.get("/api/v1/openapi.json").json()

    number = document["components"]["schemas"]["PensionLink"]["properties"]["individual_number"]
    assert number["writeOnly"] is True
    assert "individual_number" not in document["components"]["schemas"]["LinkState"]["properties"]
