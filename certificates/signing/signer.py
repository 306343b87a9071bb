"""Who signs, whose clock is believed, and what is trusted: from the settings, read once a process.

A key lies in a file or on a PKCS#11 token; the time is stamped by an authority at an address, or by the
trial authority itself; revocation lists are files, or fetched from where the certificates say.
"""

import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pkcs11
from asn1crypto import crl, pem, x509
from django.conf import settings
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.keys import load_cert_from_pemder, load_certs_from_pemder, load_private_key_from_pemder
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import Signer, SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper, HTTPTimeStamper, TimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

LISTS_ARE_READ_AGAIN_AFTER = 3600.0
CLOCK_ANSWERS_WITHIN = 10


class NoSigner(RuntimeError):
    """Keys or certificates are missing or cannot be used: nothing can be signed now."""


@dataclass(frozen=True)
class Hand:
    """What a signature needs; our own certificates are those by which a paper is known as ours."""

    signer: Signer
    clock: TimeStamper
    roots: tuple[x509.Certificate, ...]
    lists: tuple[Path, ...]


@lru_cache(maxsize=1)
def hand() -> Hand:
    """Who signs for this installation; NoSigner."""
    chosen = settings.DOCUMENT_SIGNING
    try:
        return Hand(
            signer=_signer(chosen),
            clock=_clock(chosen),
            roots=tuple(load_certs_from_pemder([chosen["roots"]])),
            lists=tuple(Path(path) for path in chosen["lists"]),
        )
    except Exception as problem:  # a driver, a file, a PIN: each library has exceptions of its own
        raise NoSigner("The key or a certificate for signing documents cannot be used.") from problem


def trust() -> ValidationContext:
    """What is trusted now; revocation lists are read again after an hour."""
    return _trust(int(time.monotonic() // LISTS_ARE_READ_AGAIN_AFTER))


@lru_cache(maxsize=1)
def _trust(_hour: int) -> ValidationContext:
    found = hand()
    return ValidationContext(
        trust_roots=list(found.roots),
        other_certs=_chain(settings.DOCUMENT_SIGNING),
        crls=[_list(path) for path in found.lists],
        # without lists of our own they are fetched from where the certificates say
        allow_fetching=not found.lists,
        revocation_mode="require",
    )


def own_certificates() -> list[x509.Certificate]:
    """The certificate that signs, and those that signed before and are still stood by."""
    chosen = settings.DOCUMENT_SIGNING
    try:
        former = [path for path in [chosen["former"]] if path]
        return [_chain(chosen)[0], *load_certs_from_pemder(former)]
    except (OSError, ValueError, LookupError) as problem:
        raise NoSigner("The certificates for signing documents cannot be read.") from problem


def forget() -> None:
    """Read keys and lists anew: settings or files were changed, or a token was away for a moment."""
    hand.cache_clear()
    _trust.cache_clear()


def _signer(chosen: dict[str, Any]) -> Signer:
    certificate, *others = _chain(chosen)
    if chosen["module"]:
        return _on_token(chosen, certificate, others)
    registry = SimpleCertificateStore()
    registry.register_multiple(others)
    key = load_private_key_from_pemder(chosen["key"], None)
    return SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=registry)


def _on_token(
    chosen: dict[str, Any], certificate: x509.Certificate, others: list[x509.Certificate]
) -> Signer:
    """The key stays on its token, whose session is open as long as the process has use for it."""
    # the library looks for tokens when it begins: one that was away is found again, its old session gone
    pkcs11.lib(chosen["module"]).reinitialize()
    session = open_pkcs11_session(
        chosen["module"], token_criteria=TokenCriteria(label=chosen["token"]), user_pin=chosen["pin"]
    )
    return PKCS11Signer(
        session,
        key_label=chosen["label"],
        signing_cert=certificate,
        ca_chain=others,
        bulk_fetch=False,
        # few tokens hash by themselves before they sign with a curve
        use_raw_mechanism=certificate.public_key.algorithm == "ec",
    )


def _clock(chosen: dict[str, Any]) -> TimeStamper:
    if chosen["clock_url"]:
        return HTTPTimeStamper(chosen["clock_url"], timeout=CLOCK_ANSWERS_WITHIN)
    certificate = load_cert_from_pemder(chosen["clock"])
    return DummyTimeStamper(certificate, load_private_key_from_pemder(chosen["clock_key"], None))


def _chain(chosen: dict[str, Any]) -> list[x509.Certificate]:
    """The certificate that signs, then those above it."""
    return list(load_certs_from_pemder([chosen["chain"]]))


def _list(path: Path) -> crl.CertificateList:
    data = path.read_bytes()
    return crl.CertificateList.load(pem.unarmor(data)[2] if pem.detect(data) else data)
