"""The protective headers of what no table of addresses lists: refusals, failures, static files, redirects."""

import pytest
from django.db import DatabaseError
from django.test import Client

from accounts.models import User
from tests.test_headers import _in_production, chosen_in_production, faults, is_kept_nowhere

__all__ = ["_in_production", "chosen_in_production"]  # the fixtures


def browser(user: User | None) -> Client:
    """A browser behind the proxy that ends TLS; a failing page answers with its status."""
    client = Client(raise_request_exception=False, headers={"X-Forwarded-Proto": "https"})
    if user:
        client.force_login(user)
    return client


@pytest.mark.parametrize(
    "address", ["/no-such-page/", "/people", "/static/css/portal.css", "/static/none.css"]
)
def test_what_is_no_page_of_ours_tells_the_browser_too(address, db) -> None:
    response = browser(None).get(address)
    response.close()

    assert list(faults(response)) == []


def test_plain_http_is_sent_to_tls_with_the_same_headers_but_hsts(db) -> None:
    response = Client().get("/people/")

    assert response["Location"] == "https://testserver/people/"
    assert list(faults(response)) == ["no HSTS"]


def test_a_machine_that_sends_in_clear_is_refused_and_not_led_on(db) -> None:
    response = Client().post("/api/v1/token", {"grant_type": "client_credentials"})

    assert response.status_code == 403
    assert response.json()["type"].endswith("/unencrypted")
    assert "Location" not in response
    assert list(faults(response)) == ["no HSTS"]
    assert is_kept_nowhere(response)


def test_a_request_that_is_too_large_for_machines_is_refused_with_the_same_headers(db) -> None:
    response = browser(None).post("/api/v1/token", "x" * 70_000, content_type="text/plain")

    assert response.status_code == 413
    assert list(faults(response)) == []
    assert is_kept_nowhere(response)


def test_redirects_refusals_and_missing_pages_of_somebody_signed_in_are_kept_nowhere(resident_user) -> None:
    client = browser(resident_user)

    answers = [client.get(address) for address in ("/people", "/desk/", "/records/nobody/", "/no-such-page/")]

    assert [answer.status_code for answer in answers] == [301, 403, 404, 404]
    assert all(map(is_kept_nowhere, answers))


def test_a_failing_page_tells_the_browser_too_and_is_kept_nowhere(resident_user, monkeypatch) -> None:
    client = browser(resident_user)

    def fail(*_: object, **__: object) -> None:
        raise DatabaseError("the server is gone")

    monkeypatch.setattr(User, "is_authenticated", property(fail))
    response = client.get("/")

    assert response.status_code == 500
    assert list(faults(response)) == []
    assert is_kept_nowhere(response)


def test_the_answer_that_ends_a_session_is_kept_nowhere(resident_user) -> None:
    response = browser(resident_user).post("/account/logout/")

    assert response.status_code == 302
    assert is_kept_nowhere(response)


def test_pages_for_everyone_may_be_kept(db) -> None:
    assert not is_kept_nowhere(browser(None).get("/figures/"))


def test_the_choices_of_a_browser_lie_under_names_that_no_other_host_can_set(db) -> None:
    client = browser(None)

    client.post("/display/", {"simple": "1"})
    client.post("/language/", {"language": "en"})

    assert {"__Host-simple", "__Host-language"} <= set(client.cookies)
    assert 'lang="en"' in client.get("/figures/").content.decode()
