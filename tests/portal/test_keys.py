"""Fresh secrets: one a setting, each usable, on one line, never the same twice."""

import json
import subprocess
import sys

import pytest
import tink
from django.conf import settings
from joserfc.jwk import ECKey
from tink import aead, prf, secret_key_access

from portal.keys import fresh_secrets

NAMES = ["SECRET_KEY", "VAULT_KEYSET", "VAULT_INDEX_KEYSET", "CERTIFICATE_KEY", "API_KEY"]


def test_every_secret_that_the_settings_ask_for_is_made() -> None:
    source = (settings.BASE_DIR / "portal" / "settings.py").read_text()

    asked = [line.split('"')[1] for line in source.splitlines() if "= secret(" in line]

    assert asked == NAMES
    assert list(fresh_secrets()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_secret_fits_on_one_line_and_does_not_repeat(name) -> None:
    first, second = fresh_secrets()[name], fresh_secrets()[name]

    assert first != second
    assert "\n" not in first
    assert " " not in first


@pytest.mark.parametrize(
    ("name", "purpose"), [("VAULT_KEYSET", aead.Aead), ("VAULT_INDEX_KEYSET", prf.PrfSet)]
)
def test_a_keyset_can_do_what_it_is_for(name, purpose) -> None:
    text = fresh_secrets()[name]

    handle = tink.json_proto_keyset_format.parse(text, secret_key_access.TOKEN)

    assert handle.primitive(purpose)


def test_certificates_are_signed_on_p_256() -> None:
    key = ECKey.import_key(json.loads(fresh_secrets()["CERTIFICATE_KEY"]))

    assert (key.curve_name, key.is_private) == ("P-256", True)


@pytest.mark.process
def test_the_command_prints_lines_for_the_environment() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "portal.keys"],
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
    )

    assert [line.partition("=")[0] for line in printed.stdout.splitlines()] == NAMES
    assert printed.stderr == ""
