"""Parts of pages are drawn once for many readers: nobody gets what was drawn for another kind of reader."""

import re

import pytest
from django.conf import settings as configured
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from accounts import rights
from accounts.display import simple_cookie
from tests import factories

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
MOMENT = re.compile(r"\d{1,2}:\d{2}|data-ends-in=\"\d+\"")
LANGUAGES = [code for code, _label in configured.LANGUAGES]
ROLES = [None, "", *rights.ROLES]


@pytest.fixture
def readers(db, settings) -> list[Client]:
    """Every kind of reader in each language and version, before a process that keeps what it drew."""
    locmem = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = configured.CACHES | {"process": {"BACKEND": locmem, "LOCATION": "drawn-once"}}
    caches["process"].clear()
    return [
        at_browser(role, language, simple)
        for role in ROLES
        for language in LANGUAGES
        for simple in ("0", "1")
    ]


def at_browser(role: str | None, language: str, simple: str) -> Client:
    """A browser of somebody in that role, or of a visitor."""
    client = Client()
    if role is not None:
        client.force_login(factories.UserFactory.create(role=role))
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = language
    client.cookies[simple_cookie()] = simple
    return client


def page(client: Client) -> str:
    """A page that everybody may see, without what differs from one moment to the next."""
    html = client.get(reverse("portal:figures")).content.decode()
    return MOMENT.sub("", TOKEN.sub("", html))


def test_a_page_is_the_same_whoever_had_its_parts_drawn_before(readers) -> None:
    fresh = []
    for reader in readers:
        caches["process"].clear()
        fresh.append(page(reader))

    caches["process"].clear()
    once_drawn = [[page(reader) for reader in readers] for _ in range(2)]

    assert once_drawn == [fresh, fresh]
    assert len(set(fresh)) > len(LANGUAGES) * 2
