"""Fresh secrets: one a setting, each usable, on one line, never the same twice."""

import json
import subprocess
import sys

import pytest
import tink
from django.conf import settings
from joserfc.jwk import ECKey
from tink import aead, prf, secret_key_access

from portal.keys import fresh_secrets, sealing_with_the_newest, with_another_key, without_older_keys

NAMES = ["SECRET_KEY", "VAULT_KEYSET", "VAULT_INDEX_KEYSET", "CERTIFICATE_KEY", "API_KEY", "TRAIL_KEY"]


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


def opener(text: str) -> aead.Aead:
    """What that keyset can do."""
    return tink.json_proto_keyset_format.parse(text, secret_key_access.TOKEN).primitive(aead.Aead)


def test_an_added_key_opens_but_does_not_seal_until_it_is_used() -> None:
    old = fresh_secrets()["VAULT_KEYSET"]
    added = with_another_key(old)
    used = sealing_with_the_newest(added)

    assert opener(old).decrypt(opener(added).encrypt(b"x", b""), b"") == b"x"
    assert opener(added).decrypt(opener(used).encrypt(b"x", b""), b"") == b"x"
    with pytest.raises(tink.TinkError):
        opener(old).decrypt(opener(used).encrypt(b"x", b""), b"")


def test_once_the_old_key_is_dropped_what_it_sealed_is_closed() -> None:
    old = fresh_secrets()["VAULT_KEYSET"]
    dropped = without_older_keys(sealing_with_the_newest(with_another_key(old)))

    with pytest.raises(tink.TinkError):
        opener(dropped).decrypt(opener(old).encrypt(b"x", b""), b"")
    assert len(json.loads(dropped)["key"]) == 1


def turn(step: str, keyset: str) -> subprocess.CompletedProcess[str]:
    """A step as an operator runs it."""
    return subprocess.run(
        [sys.executable, "-m", "portal.keys", step],
        capture_output=True,
        text=True,
        check=False,
        cwd=settings.BASE_DIR,
        env={"VAULT_KEYSET": keyset, "READ_DOT_ENV": "0"},
    )


@pytest.mark.process
def test_the_steps_print_the_line_for_the_environment() -> None:
    keyset = fresh_secrets()["VAULT_KEYSET"]

    for step in ("add", "use", "drop"):
        done = turn(step, keyset)
        assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)
        name, _sign, keyset = done.stdout.strip().partition("=")
        assert name == "VAULT_KEYSET"

    assert opener(keyset)


@pytest.mark.process
@pytest.mark.parametrize(
    ("step", "keyset", "sentence"),
    [
        ("add", "", "VAULT_KEYSET is not set."),
        ("add", '{"secret": 1}', "VAULT_KEYSET is not a Tink keyset in JSON."),
        ("use", "", "VAULT_KEYSET is not set."),
        ("drop", "one key", "VAULT_KEYSET holds a single key"),
        ("turn", "one key", "turn is not a step"),
    ],
)
def test_a_step_that_cannot_be_done_is_refused_in_a_sentence(step, keyset, sentence) -> None:
    given = fresh_secrets()["VAULT_KEYSET"] if keyset == "one key" else keyset

    done = turn(step, given)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(sentence)
    assert "Traceback" not in done.stderr
