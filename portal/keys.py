"""Secrets as lines for the environment: `python -m portal.keys` prints fresh ones for a new installation.

`python -m portal.keys add`, then `use`, then `drop` print VAULT_KEYSET with one key more, with
that key as the one that seals, and without all others; `index add`, `index use`, `index drop` do so for
VAULT_INDEX_KEYSET. `manage.py reseal` comes before each `drop`. `certificate add`, then `certificate use` do
so for CERTIFICATE_KEY; the older key counts until the last certificate that it signed is over. Every process
restarts between the steps. `python -m portal.keys push` prints a PUSH_KEY.
"""

import datetime
import json
import secrets
import sys
from collections.abc import Callable

import tink
from django.core.exceptions import ImproperlyConfigured
from joserfc.jwk import ECKey
from tink import aead, prf, secret_key_access

SEALS, FINDS = aead.aead_key_templates.AES256_GCM, prf.prf_key_templates.HMAC_SHA256


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
        "VAULT_KEYSET": fresh_keyset(SEALS),
        "VAULT_INDEX_KEYSET": fresh_keyset(FINDS),
        "CERTIFICATE_KEY": fresh_signing_key(),
        "API_KEY": fresh_signing_key(),
        "TRAIL_KEY": fresh_signing_key(),
    }


def with_another_key(text: str, template: object = SEALS) -> str:
    """The keyset with a fresh key, which opens but does not seal yet: other processes do not know it."""
    keyset = json.loads(text)
    known = {key["keyId"] for key in keyset["key"]}
    while (fresh := json.loads(fresh_keyset(template)))["primaryKeyId"] in known:
        pass
    return compact(keyset | {"key": [*keyset["key"], *fresh["key"]]})


def with_another_index_key(text: str) -> str:
    """The same for fingerprints; ValueError while one rotation goes on: every look-up asks for each key."""
    if len(json.loads(text)["key"]) > 1:
        raise ValueError("VAULT_INDEX_KEYSET holds two keys: run `manage.py reseal`, then `index drop`.")
    return with_another_key(text, FINDS)


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


def with_another_signing_key(text: str, *, at: datetime.datetime) -> str:
    """The set with a fresh key behind the others: published, so that it is known before it signs."""
    return compact({"keys": [*signing_keys(text), json.loads(fresh_signing_key())]})


def signing_with_the_newest(text: str, *, at: datetime.datetime) -> str:
    """The set with its last key first; the others lose their private half and count for what they signed."""
    *others, newest = signing_keys(text)
    return compact({"keys": [newest, *(retired(key, at=at) for key in others)]})


def signing_keys(text: str) -> list[dict[str, object]]:
    """The keys of a set, or the single key."""
    found = json.loads(text)
    keys: list[dict[str, object]] = found.get("keys", [found])
    return keys


def retired(key: dict[str, object], *, at: datetime.datetime) -> dict[str, object]:
    """A key without its private half, which counts until its last certificate is over."""
    public = {name: value for name, value in key.items() if name != "d"}
    return {"exp": int((at + LONGEST_CERTIFICATE).timestamp())} | public


STEPS: dict[str, Callable[[str], str]] = {
    "add": with_another_key,
    "use": sealing_with_the_newest,
    "drop": without_older_keys,
}
INDEX_STEPS = STEPS | {"add": with_another_index_key}
# five years from the day of issue, and some days for the clocks of those who check
LONGEST_CERTIFICATE = datetime.timedelta(days=5 * 366 + 7)
CERTIFICATE_STEPS = {"add": with_another_signing_key, "use": signing_with_the_newest}


def present(name: str) -> str:
    """The secret of that name as the environment has it, or .env; ImproperlyConfigured without one."""
    # who only needs fresh secrets must not read .env by importing this
    from portal.environment import secret  # noqa: PLC0415

    return secret(name)


def turned(step: str, name: str, steps: dict[str, Callable[[str], str]], begin: str) -> str:
    """The line of the environment after this step of a rotation; ValueError, quoting nothing, without one."""
    if step not in steps:
        raise ValueError(f"{step} is not a step: they are {', '.join(steps)}.")
    aead.register()
    prf.register()
    text = present(name)
    try:
        tink.json_proto_keyset_format.parse(text, secret_key_access.TOKEN)
    except tink.TinkError:
        raise ValueError(f"{name} is not a Tink keyset in JSON.") from None
    if step != "add" and len(json.loads(text)["key"]) == 1:
        raise ValueError(f"{name} holds a single key: begin with `python -m portal.keys {begin}`.")
    return f"{name}={steps[step](text)}"


def turned_certificates(step: str, *, at: datetime.datetime) -> str:
    """The line of CERTIFICATE_KEY after this step; ValueError, quoting nothing, where it cannot be."""
    if step not in CERTIFICATE_STEPS:
        raise ValueError(f"{step} is not a step: they are {', '.join(CERTIFICATE_STEPS)}.")
    text = present("CERTIFICATE_KEY")
    try:
        many = len(signing_keys(text)) > 1
        if step == "use" and not many:
            raise ValueError("CERTIFICATE_KEY holds a single key: begin with `certificate add`.")
        return f"CERTIFICATE_KEY={CERTIFICATE_STEPS[step](text, at=at)}"
    except (json.JSONDecodeError, AttributeError, TypeError):
        raise ValueError("CERTIFICATE_KEY is not a JSON Web Key.") from None


def turning(arguments: list[str], *, at: datetime.datetime) -> str:
    """The line that a rotation's step asks for."""
    if arguments == ["push"]:
        return f"PUSH_KEY={fresh_signing_key()}"
    step = "".join(arguments[1:2])
    if arguments[0] == "certificate":
        return turned_certificates(step, at=at)
    if arguments[0] == "index":
        return turned(step, "VAULT_INDEX_KEYSET", INDEX_STEPS, "index add")
    return turned(arguments[0], "VAULT_KEYSET", STEPS, "add")


def main(arguments: list[str]) -> None:
    """Print what was asked for; a refusal is one sentence."""
    if arguments:
        try:
            print(turning(arguments, at=datetime.datetime.now(datetime.UTC)))
        except (ValueError, ImproperlyConfigured) as refusal:
            sys.exit(str(refusal))
        return
    for name, value in fresh_secrets().items():
        print(f"{name}={value}")


if __name__ == "__main__":
    main(sys.argv[1:])
