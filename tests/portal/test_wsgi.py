"""The web server does not start with what would fail later."""

import importlib

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import wsgi


@pytest.mark.parametrize("key", ["{}", "no key"])
def test_a_key_that_cannot_be_used_stops_the_start(settings, key) -> None:
    settings.CERTIFICATE_KEY = key

    with pytest.raises(ImproperlyConfigured, match="CERTIFICATE_KEY"):
        importlib.reload(wsgi)


def test_with_keys_that_can_be_used_it_starts() -> None:
    assert importlib.reload(wsgi).application
