"""Web push by the standards: a message sealed for one browser (RFC 8291), and who sends it (RFC 8292)."""

import base64
import json
import os
import time
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

CURVE = ec.SECP256R1()
RECORD = 4096
POINT, SECRET = 65, 16
TWELVE_HOURS = 12 * 3600


class BadKeys(ValueError):
    """The browser's keys are none."""


def seal(
    text: bytes, *, browser: bytes, secret: bytes, own: ec.EllipticCurvePrivateKey, salt: bytes
) -> bytes:
    """The body in `aes128gcm` of one record, which only that browser opens; BadKeys for keys that are none.

    `browser` is its public point (65 bytes), `secret` its authentication secret (16 bytes).
    """
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = own.exchange(ec.ECDH(), point_of(browser))
    key = derived(shared, secret, b"WebPush: info\0" + browser + point, 32)
    content = derived(key, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derived(key, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4, "big") + bytes([len(point)]) + point
    return head + AESGCM(content).encrypt(nonce, text + b"\x02", None)


def sealed(text: bytes, *, browser: bytes, secret: bytes) -> bytes:
    """The body with a fresh key and salt."""
    own = ec.generate_private_key(CURVE)
    return seal(text, browser=browser, secret=secret, own=own, salt=os.urandom(16))


def point_of(browser: bytes) -> ec.EllipticCurvePublicKey:
    """The browser's public key; BadKeys where the bytes are no point of the curve."""
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, browser)
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise BadKeys from problem


def derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """HKDF with SHA-256."""
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(material)


def authorization(endpoint: str, *, key: str, contact: str) -> str:
    """The header that says who sends: a token for that service, good for twelve hours, and our public key."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + TWELVE_HOURS,
        "sub": contact,
    }
    token = jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, signing_key(key))
    return f"vapid t={token}, k={public_key(key)}"


@lru_cache(maxsize=2)
def signing_key(key: str) -> ECKey:
    """The private P-256 JSON Web Key of the setting."""
    return ECKey.import_key(json.loads(key))


@lru_cache(maxsize=2)
def public_key(key: str) -> str:
    """Its public point as browsers want it, in base64url."""
    numbers = signing_key(key).as_dict(private=False)
    return encoded(b"\x04" + decoded(str(numbers["x"])) + decoded(str(numbers["y"])))


def encoded(raw: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of base64url with or without padding; ValueError where it is none."""
    return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
