"""Who waited too long is asked to come again, and loses nothing."""

import time

import pytest
from django.test import Client
from prometheus_client import REGISTRY

from portal.overload import seconds_waited

LONG_AGO = {"X-Request-Start": "1000000000.5"}


def turned_away() -> float:
    """How many were, so far."""
    return REGISTRY.get_sample_value("portal_web_turned_away_total") or 0.0


def test_who_waited_too_long_is_asked_to_come_again_without_a_query(
    client, db, django_assert_num_queries
) -> None:
    before = turned_away()

    with django_assert_num_queries(0):
        answer = client.get("/", headers=LONG_AGO)
    page = answer.content.decode()

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "no-store" in answer["Cache-Control"]
    assert all(words in page for words in ("混み合って", "たくさんの ひと", "reload this page"))
    assert turned_away() == before + 1


def test_what_was_typed_is_in_the_page_and_goes_where_it_was_going(client, db) -> None:
    typed = {"text": "It is not mine <b>\nat all", "csrfmiddlewaretoken": "t"}

    page = client.post(
        "/records/abc/report/",
        "text=It+is+not+mine+%3Cb%3E%0Aat+all&csrfmiddlewaretoken=t&box=1&box=2",
        content_type="application/x-www-form-urlencoded",
        headers=LONG_AGO,
    ).content.decode()

    assert "It is not mine &lt;b&gt;\nat all" in page
    assert typed["csrfmiddlewaretoken"] in page
    assert page.count('name="box"') == 2
    assert 'action="/records/abc/report/"' in page


@pytest.mark.parametrize("path", ["/account/login/", "/api/v1/links"])
def test_passwords_and_machines_words_are_not_shown_again(client, path) -> None:
    answer = client.post(
        path, "password=hunter2", content_type="application/x-www-form-urlencoded", headers=LONG_AGO
    )

    assert answer.status_code == 503
    assert b"hunter2" not in answer.content


@pytest.mark.parametrize("path", ["/health/live/", "/static/css/none.css"])
def test_what_watches_is_never_turned_away(client, path) -> None:
    assert client.get(path, headers=LONG_AGO).status_code != 503


@pytest.mark.parametrize("said", ["", "soon", "-", "1e400", "nan"])
def test_without_a_proxys_word_nobody_waited(client, db, said) -> None:
    assert client.get("/figures/", headers={"X-Request-Start": said}).status_code == 200


def test_a_clock_that_is_behind_makes_nobody_wait(rf) -> None:
    soon = rf.get("/", headers={"X-Request-Start": str(time.time() + 60)})

    assert seconds_waited(soon, now=time.time()) == 0.0


def test_a_token_is_checked_when_it_is_sent_again(resident_user) -> None:
    """The page repeats what was sent and adds nothing: a stranger's form stays a stranger's form."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(resident_user)

    page = client.post(
        "/language/",
        "language=en",
        content_type="application/x-www-form-urlencoded",
        headers=LONG_AGO,
    ).content.decode()

    assert "csrfmiddlewaretoken" not in page
    assert client.post("/language/", {"language": "en"}).status_code == 403
