"""An installation for production that is not safe does not start, and says why in one sentence."""

import importlib

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import wsgi
from portal.safety import check_safety, say_what_is_unsafe, unsafe

SAFE = {
    "TRIED_OUT": False,
    "BASE_URL": "https://portal.example",
    "ALLOWED_HOSTS": ["portal.example"],
    "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
    "SECRET_KEY": "k" * 64,
    "METRICS_TOKEN": "t" * 32,
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}},
    "EMAIL_CONFIG": {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"},
}


@pytest.fixture
def safe(settings, monkeypatch):  # noqa: ANN201
    """An installation that may start."""
    for name, value in SAFE.items():
        setattr(settings, name, value)
    for name in ("EMAIL_URL", "DEFAULT_FROM_EMAIL", "SUPPORT_PHONE"):
        monkeypatch.setenv(name, "set")
    return settings


def test_a_safe_one_starts(safe) -> None:
    assert list(unsafe()) == []
    assert say_what_is_unsafe() == []
    assert importlib.reload(wsgi).application


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BASE_URL", "http://portal.example", "BASE_URL does not begin with https"),
        ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS is “[*]”"),
        ("ALLOWED_HOSTS", ["other.example"], "ALLOWED_HOSTS lacks portal.example"),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", 0, "TRUSTED_PROXY_COUNT is 0"),
        ("SECRET_KEY", "short", "SECRET_KEY is shorter"),
        ("METRICS_TOKEN", "short", "METRICS_TOKEN is shorter"),
        ("EMAIL_CONFIG", {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}, "to nobody"),
        ("CACHES", {"default": {"BACKEND": "…locmem.LocMemCache"}}, "CACHE_URL is a cache of one process"),
        ("TRIED_OUT", True, "DEBUG=1 is for trying out"),
    ],
)
def test_what_is_unsafe_stops_the_start(safe, name, value, said) -> None:
    setattr(safe, name, value)

    with pytest.raises(ImproperlyConfigured, match=said):
        importlib.reload(wsgi)


@pytest.mark.parametrize("name", ["EMAIL_URL", "DEFAULT_FROM_EMAIL", "SUPPORT_PHONE"])
def test_people_are_not_sent_to_our_examples(safe, monkeypatch, name) -> None:
    monkeypatch.delenv(name)

    with pytest.raises(ImproperlyConfigured, match=f"^{name} is not set"):
        check_safety()


def test_to_try_it_out_nothing_is_asked(safe) -> None:
    safe.TRIED_OUT, safe.BASE_URL, safe.SECRET_KEY = True, "http://localhost:8000", "short"

    assert list(unsafe()) == []
