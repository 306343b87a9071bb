"""An authority of the project's own, to try and to test: root, signer, clock and revocation list in a folder.

Nobody trusts it, nothing of it is committed.  In production the keys are those of a real authority.
"""

import datetime
import os
from collections.abc import Iterable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ROOT, SIGNER, CLOCK, LIST = "root", "signer", "clock", "revoked.crl"
WORDS = {
    ROOT: "Trial authority - trust nothing signed by it",
    SIGNER: "Trial issuer of certificates",
    CLOCK: "Trial time stamps",
}
LASTS = datetime.timedelta(days=3650)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
LIST_LASTS = datetime.timedelta(days=365)


def make_authority(folder: Path, *, at: datetime.datetime) -> bool:
    """Make what is missing, and the revocation list anew; whether the keys were made now."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = not all((folder / f"{name}.pem").exists() for name in WORDS)
    if made:
        _make_keys(folder, at)
    write_list(folder, revoked=(), at=at)
    return made


def write_list(folder: Path, *, revoked: Iterable[int], at: datetime.datetime) -> None:
    """Sign a revocation list that names these serial numbers."""
    key, certificate = _key(folder / "root.key"), _certificate(folder / "root.pem")
    builder = x509.CertificateRevocationListBuilder().issuer_name(certificate.subject)
    builder = builder.last_update(at - datetime.timedelta(minutes=5)).next_update(at + LIST_LASTS)
    for serial in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at).build()
        builder = builder.add_revoked_certificate(entry)
    builder = builder.add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
    builder = builder.add_extension(_named_by(key), critical=False)
    signed = builder.sign(key, hashes.SHA256())
    _write(folder / LIST, signed.public_bytes(serialization.Encoding.DER))


def _make_keys(folder: Path, at: datetime.datetime) -> None:
    root = ec.generate_private_key(ec.SECP256R1())
    _keep(folder, ROOT, root, _root(root, at))
    signer = ec.generate_private_key(ec.SECP256R1())
    _keep(folder, SIGNER, signer, _leaf(SIGNER, signer, root, at))
    # pyHanko's own time-stamp authority signs with RSA only
    clock = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    _keep(folder, CLOCK, clock, _leaf(CLOCK, clock, root, at))


def _root(key: ec.EllipticCurvePrivateKey, at: datetime.datetime) -> x509.Certificate:
    builder = _begun(ROOT, key, at)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    return builder.sign(key, hashes.SHA256())


def _leaf(name: str, key: Key, root: ec.EllipticCurvePrivateKey, at: datetime.datetime) -> x509.Certificate:
    builder = _begun(name, key, at)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    builder = builder.add_extension(_named_by(root), critical=False)
    if name == CLOCK:
        stamps = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(stamps, critical=True)
    return builder.sign(root, hashes.SHA256())


def _begun(name: str, key: Key, at: datetime.datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_called(name))
        .issuer_name(_called(ROOT))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - datetime.timedelta(days=1))
        .not_valid_after(at + LASTS)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _called(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Tsunagari"),
            x509.NameAttribute(NameOID.COMMON_NAME, WORDS[name]),
        ]
    )


def _named_by(key: ec.EllipticCurvePrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _keep(folder: Path, name: str, key: Key, certificate: x509.Certificate) -> None:
    kept = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(folder / f"{name}.key", kept)
    _write(folder / f"{name}.pem", certificate.public_bytes(serialization.Encoding.PEM))


def _write(path: Path, content: bytes) -> None:
    """Written whole or not at all, and for its owner only."""
    new = path.with_suffix(f"{path.suffix}.new")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    new.replace(path)


def _key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path.name} is of another kind.")
    return key


def _certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())
