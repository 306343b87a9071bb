"""Fresh secrets for a new installation, as lines for the environment: `python -m portal.keys`."""

import json
import secrets

import tink
from joserfc.jwk import ECKey
from tink import aead, prf, secret_key_access


def fresh_keyset(template: object) -> str:
    """A new Tink keyset in its JSON form, on one line, with its key in clear: it is itself the secret."""
    handle = tink.new_keyset_handle(template)
    text = tink.json_proto_keyset_format.serialize(handle, secret_key_access.TOKEN)
    return json.dumps(json.loads(text), separators=(",", ":"))


def fresh_signing_key() -> str:
    """A new P-256 key that signs certificate codes or access tokens, as a JSON Web Key on one line."""
    key = ECKey.generate_key("P-256", parameters={"kid": secrets.token_hex(8), "alg": "ES256", "use": "sig"})
    return json.dumps(key.as_dict(private=True), separators=(",", ":"))


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
    }


if __name__ == "__main__":
    for name, value in fresh_secrets().items():
        print(f"{name}={value}")
