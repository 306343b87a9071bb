"""What holds for every answer: personal pages are kept nowhere, and the browser runs only what is ours."""

import gzip
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from portal.keys import fresh_secrets
from portal.middleware import own_page_for_what_is_missing, pack

PUBLIC = ["/figures/", "/account/login/", "/health/live/", "/no-such-page/"]
PERSONAL = ["/", "/people/", "/notices/", "/figures/", "/account/2fa/", "/no-such-page/"]


@pytest.mark.parametrize("address", PERSONAL)
def test_pages_of_somebody_signed_in_are_kept_nowhere(client, resident_user, address) -> None:
    client.force_login(resident_user)

    control = client.get(address)["Cache-Control"]

    assert {"no-store", "private", "no-cache"} <= set(control.replace(" ", "").split(","))


def test_a_record_is_kept_nowhere(client, resident_user, link) -> None:
    client.force_login(resident_user)

    assert "no-store" in client.get(link.get_absolute_url())["Cache-Control"]
    assert "no-store" in client.post(reverse("links:details", args=[link.public_id]))["Cache-Control"]


def test_public_figures_may_be_kept(client, db) -> None:
    assert "no-store" not in client.get("/figures/").get("Cache-Control", "")


@pytest.mark.parametrize("address", [*PUBLIC, *PERSONAL])
def test_no_page_allows_foreign_or_inline_code(client, resident_user, address) -> None:
    if address in PERSONAL:
        client.force_login(resident_user)

    policy = client.get(address)["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert "base-uri 'none'" in policy


@pytest.mark.parametrize("address", PUBLIC)
def test_the_browser_is_told_to_keep_to_itself(client, db, address) -> None:
    headers = client.get(address).headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_page_that_reads_codes_may_use_the_camera_itself(client, db) -> None:
    assert "camera=(self)" in client.get("/certificates/check/").headers["Permissions-Policy"]


@pytest.fixture
def in_development(settings, client) -> Client:
    """A visitor who reads English, while the service runs as `make run` starts it."""
    settings.DEBUG = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "portal.middleware.own_page_for_what_is_missing"]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_in_development_a_wrong_address_gets_our_own_page(in_development, db) -> None:
    page = in_development.get("/no-such-page/")

    assertContains(page, "This page is not here", status_code=404)
    assertNotContains(page, "URLconf", status_code=404)


def test_in_development_what_belongs_to_somebody_else_gets_the_same_page(
    in_development, link, neighbour_user
) -> None:
    in_development.force_login(neighbour_user)

    page = in_development.get(link.get_absolute_url())

    assertContains(page, "This page is not here", status_code=404)
    assertNotContains(page, "Traceback", status_code=404)


def test_in_development_a_page_that_is_there_stays_as_it_is(in_development, db) -> None:
    assertContains(in_development.get("/account/login/"), "Sign in")


def test_an_answer_for_machines_stays_as_it_is(rf) -> None:
    answer = JsonResponse({"found": False}, status=404)

    assert own_page_for_what_is_missing(lambda request: answer)(rf.get("/")) is answer


@pytest.mark.parametrize("debug", ["0", "1"])
@pytest.mark.process
def test_only_development_needs_to_replace_the_technical_page(debug) -> None:
    environment = os.environ | fresh_secrets() | {"READ_DOT_ENV": "0", "DEBUG": debug}
    script = "from portal.settings import MIDDLEWARE; print(MIDDLEWARE[-1])"

    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip

    assert ("own_page_for_what_is_missing" in told) == (debug == "1")


def packing_of(client: Client, address: str) -> str:
    """How an answer comes to a browser that can unpack it."""
    return client.get(address, headers={"accept-encoding": "gzip"}).get("Content-Encoding", "")


def test_a_page_is_packed_for_the_way(client, resident_user) -> None:
    client.force_login(resident_user)

    plain = client.get("/notices/").content
    packed = client.get("/notices/", headers={"accept-encoding": "gzip, br"})

    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(gzip.decompress(packed.content)) == len(plain)
    assert len(packed.content) < len(plain) / 2


@pytest.mark.parametrize("address", ["/figures/?chosen=words", "/no-such-page/chosen-words/"])
def test_what_repeats_words_that_somebody_chose_is_not_packed(client, db, address) -> None:
    assert packing_of(client, "/figures/") == "gzip"

    assert not packing_of(client, address)


def test_a_form_that_comes_back_is_not_packed(client, db) -> None:
    sent = {"login": "chosen words", "password": "x"}

    answer = client.post("/account/login/", sent, headers={"accept-encoding": "gzip"})

    assertContains(answer, "chosen words")
    assert not answer.get("Content-Encoding")


def test_a_picture_is_not_packed_again(rf) -> None:
    picture = HttpResponse(b"0" * 1000, content_type="image/png")

    answer = pack(lambda request: picture)(rf.get("/", headers={"accept-encoding": "gzip"}))

    assert not answer.get("Content-Encoding")


def test_who_is_not_signed_in_is_sent_to_sign_in(client, link) -> None:
    response = client.get(link.get_absolute_url())

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={link.get_absolute_url()}"


def test_a_form_without_its_token_is_refused(link, resident_user) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(resident_user)

    response = strict.post(reverse("links:confirm", args=[link.public_id]))

    assert response.status_code == 403
    link.refresh_from_db()
    assert link.confirmed_at is None
