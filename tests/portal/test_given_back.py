"""A session that ended while somebody was writing: what was typed is given back, nothing is sent unseen."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.journey import question_url
from reports.models import Draft, Message
from tests.factories import PASSWORD
from tests.reports.factories import filed

STORY = "この口座に<b>覚えがありません</b>。"
HOME = "http://testserver"
TOKEN = "csrfmiddlewaretoken"


@pytest.fixture
def url(link) -> str:
    """The question in which one writes what happened."""
    return question_url(link, "story")


@pytest.fixture
def strict(db) -> Client:
    """A browser whose forms must carry their token."""
    return Client(enforce_csrf_checks=True)


def opened(client: Client, url: str) -> str:
    """The token of a form that was opened."""
    return client.get(url).context["csrf_token"]


def test_what_was_typed_comes_back_escaped_with_the_way_to_sign_in(client, url):
    page = client.post(f"{url}?check=1", {"account": STORY})

    body = page.content.decode()
    assert page.status_code == 409
    assert "&lt;b&gt;覚えがありません&lt;/b&gt;" in body
    assert f'action="{url}?check=1"' in body
    assert reverse("account_login") in body
    assert (
        page.headers["Cache-Control"].startswith("max-age=0") or "no-store" in page.headers["Cache-Control"]
    )
    assert not Draft.objects.exists()


def test_it_tells_a_visitor_nothing_about_what_is_there(client, url):
    other = url.replace(url.split("/")[3], "A" * 22)

    pages = {client.post(each, {"account": STORY}).status_code for each in (url, other)}

    assert pages == {409}


def test_after_signing_in_elsewhere_it_is_sent_with_two_presses(strict, url, resident_user):
    login = reverse("account_login")
    stale = opened(strict, login)
    strict.force_login(resident_user)  # on another page: the token of this browser is another one now
    strict.cookies["csrftoken"] = "x" * 32

    again = strict.post(url, {"account": STORY, TOKEN: stale}, headers={"origin": HOME})
    sent = strict.post(url, {"account": STORY, TOKEN: again.context["csrf_token"]}, headers={"origin": HOME})

    assert again.status_code == 409
    assert sent.status_code == 302
    assert Draft.objects.get().answers["account"] == STORY


@pytest.mark.parametrize("origin", [{}, {"origin": "https://elsewhere.example"}, {"origin": "null"}])
def test_what_another_site_sends_is_refused_and_never_shown(strict, url, resident_user, origin):
    strict.force_login(resident_user)

    page = strict.post(url, {"account": STORY, TOKEN: "x" * 64}, headers=origin)

    assert page.status_code == 403
    assert "覚えがありません" not in page.content.decode()


def test_where_nothing_was_written_one_is_led_to_the_sign_in(client, link, url):
    for address, data in ((url, {"account": " "}), (question_url(link, "what"), {"kind": "not_mine"})):
        assert client.post(address, data).url.startswith(reverse("account_login"))


def test_a_password_is_never_given_back(client):
    page = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "text": "Hello"})

    assert page.status_code == 302


def test_a_message_to_support_comes_back_too(client, link, resident_user):
    report = filed(link, resident_user)

    page = client.post(reverse("reports:message", args=[report.public_id]), {"text": STORY})

    assert "覚えがありません" in page.content.decode()
    assert not Message.objects.exists()
