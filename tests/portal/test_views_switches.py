"""The two switches of every page, and what machines ask."""

import pytest
from django.conf import settings
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from notices.models import Preference


@pytest.mark.parametrize(("pressed", "kept"), [("1", "1"), ("0", "0"), ("x", "0")])
def test_the_simple_version_is_remembered(reader, resident_user, pressed, kept) -> None:
    response = reader.post(reverse("portal:display"), {"simple": pressed, "next": "/people/"})

    assertRedirects(response, "/people/", fetch_redirect_response=False)
    cookie = response.cookies["simple"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (kept, True, "Lax")
    assert cookie["max-age"] >= 300 * 24 * 3600
    assert Preference.objects.get(user=resident_user).simple is (kept == "1")


def test_a_visitor_may_switch_too_and_nothing_is_stored(client, db) -> None:
    response = client.post(reverse("portal:display"), {"simple": "1", "next": "/figures/"})

    assert response.cookies["simple"].value == "1"
    assert not Preference.objects.exists()


def test_over_https_the_cookie_is_sent_over_https_only(client, db) -> None:
    response = client.post(reverse("portal:display"), {"simple": "1"}, secure=True)

    assert response.cookies["simple"]["secure"]


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "javascript:alert(1)",
    "/\\evil.example",
    "",
    "http:///x",
]


@pytest.mark.parametrize("target", ELSEWHERE)
@pytest.mark.parametrize("name", ["portal:display", "set_language"])
def test_a_switch_leads_to_no_other_site(client, db, name, target) -> None:
    answers = {"simple": "1", "language": "en", "next": target}

    response = client.post(reverse(name), answers)

    assert response.status_code == 302
    assert response["Location"] == "/"


@pytest.mark.parametrize("target", ["here", "128", "𠮷", "\0", "x" * 3000])
def test_a_switch_pressed_on_no_page_at_all_is_answered(client, db, target) -> None:
    response = client.post(reverse("portal:display"), {"simple": "1", "next": target})

    assert response.status_code == 302


@pytest.mark.parametrize("language", ["ja", "ja-x-easy", "en"])
def test_the_language_is_remembered_for_pages_and_notices(reader, resident_user, language) -> None:
    response = reader.post(reverse("set_language"), {"language": language, "next": "/people/"})

    assertRedirects(response, "/people/", fetch_redirect_response=False)
    cookie = response.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, bool(cookie["httponly"])) == (language, True)
    assert cookie["max-age"] >= 300 * 24 * 3600
    assert Preference.objects.get(user=resident_user).language == language


def test_a_language_that_is_not_offered_changes_nothing(reader, resident_user) -> None:
    response = reader.post(reverse("set_language"), {"language": "tlh", "next": "/people/"})

    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies
    assert not Preference.objects.filter(language="tlh").exists()


@pytest.mark.parametrize("name", ["portal:display", "set_language"])
def test_a_link_switches_nothing(client, db, name) -> None:
    assert client.get(reverse(name)).status_code == 405


def test_being_alive_needs_no_database(client, django_assert_num_queries, db) -> None:
    with django_assert_num_queries(0):
        client.get(reverse("portal:live"))
