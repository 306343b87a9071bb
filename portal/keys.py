"""Secrets as lines for the environment: `python -m portal.keys` prints fresh ones for a new installation.

`python -m portal.keys add`, then `use`, then `drop` print VAULT_KEYSET with one key more, with
that key as the one that seals, and without all others. Every process restarts between the steps.
"""

import json
import secrets
import sys
from collections.abc import Callable

import tink
from django.core.exceptions import ImproperlyConfigured
from joserfc.jwk import ECKey
from tink import aead, prf, secret_key_access


def fresh_keyset(template: object) -> str:
    """A new Tink keyset in its JSON form, on one line, with its key in clear: it is itself the secret."""
    handle = tink.new_keyset_handle(template)
    text = tink.json_proto_keyset_format.serialize(handle, secret_key_access.TOKEN)
    return compact(json.loads(text))


def fresh_signing_key() -> str:
    """A new P-256 key that signs certificate codes, tokens or the trail, as a JSON Web Key on one line."""
    key = ECKey.generate_key("P-256", parameters={"kid": secrets.token_hex(8), "alg": "ES256", "use": "sig"})
    return compact(key.as_dict(private=True))


def fresh_secrets() -> dict[str, str]:
    """Every secret that the settings ask for, by the name of its variable."""
    aead.register()
    prf.register()
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "VAULT_KEYSET": fresh_keyset(aead.aead_key_templates.AES256_GCM),
        "VAULT_INDEX_KEYSET": fresh_keyset(prf.prf_key_templates.HMAC_SHA256),
        "CERTIFICATE_KEY": fresh_signing_key(),
        "API_KEY": fresh_signing_key(),
        "TRAIL_KEY": fresh_signing_key(),
    }


def with_another_key(text: str) -> str:
    """The keyset with a fresh key, which opens but does not seal yet: other processes do not know it."""
    keyset = json.loads(text)
    known = {key["keyId"] for key in keyset["key"]}
    while (fresh := json.loads(fresh_keyset(aead.aead_key_templates.AES256_GCM)))["primaryKeyId"] in known:
        pass
    return compact(keyset | {"key": [*keyset["key"], *fresh["key"]]})


def sealing_with_the_newest(text: str) -> str:
    """The keyset with its last key as the one that seals."""
    keyset = json.loads(text)
    return compact(keyset | {"primaryKeyId": keyset["key"][-1]["keyId"]})


def without_older_keys(text: str) -> str:
    """The keyset with nothing but the key that seals: what others sealed is closed for good."""
    keyset = json.loads(text)
    kept = [key for key in keyset["key"] if key["keyId"] == keyset["primaryKeyId"]]
    return compact(keyset | {"key": kept})


def compact(value: object) -> str:
    """JSON on one line."""
    return json.dumps(value, separators=(",", ":"))


STEPS: dict[str, Callable[[str], str]] = {
    "add": with_another_key,
    "use": sealing_with_the_newest,
    "drop": without_older_keys,
}


def turned(step: str) -> str:
    """The line of the environment after this step of a rotation; ValueError, quoting nothing, without one."""
    from portal.environment import secret  # noqa: PLC0415 - fresh secrets are printed before there is any

    if step not in STEPS:
        raise ValueError(f"{step} is not a step: they are {', '.join(STEPS)}.")
    aead.register()
    text = secret("VAULT_KEYSET")
    try:
        tink.json_proto_keyset_format.parse(text, secret_key_access.TOKEN)
    except tink.TinkError:
        raise ValueError("VAULT_KEYSET is not a Tink keyset in JSON.") from None
    if step != "add" and len(json.loads(text)["key"]) == 1:
        raise ValueError("VAULT_KEYSET holds a single key: begin with `python -m portal.keys add`.")
    return f"VAULT_KEYSET={STEPS[step](text)}"


def main(arguments: list[str]) -> None:
    """Print what was asked for; a refusal is one sentence."""
    if arguments:
        try:
            print(turned(arguments[0]))
        except (ValueError, ImproperlyConfigured) as refusal:
            sys.exit(str(refusal))
        return
    for name, value in fresh_secrets().items():
        print(f"{name}={value}")


if __name__ == "__main__":
    main(sys.argv[1:])
