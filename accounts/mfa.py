"""What proves a second factor is sealed like numbers: whoever reads the database can make no code of it."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter

from accounts import vault

SEALED = "sealed:"


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """The seeds of apps and of recovery codes, sealed with the vault's key."""

    def encrypt(self, text: str) -> str:
        """As it is kept."""
        return as_text(vault.seal_factor(text))

    def decrypt(self, encrypted_text: str) -> str:
        """In clear; what was kept before sealing came is read as it is."""
        sealed = bytes_of(encrypted_text)
        return encrypted_text if sealed is None else vault.open_factor(sealed)


def anew(text: str) -> str | None:
    """The same under the present key, clear text too; None where it is sealed with it."""
    sealed = bytes_of(text)
    if sealed is None:
        return as_text(vault.seal_factor(text))
    found = vault.factor_anew(sealed)
    return None if found is None else as_text(found)


def as_text(sealed: bytes) -> str:
    """Sealed bytes as the table keeps them."""
    return SEALED + base64.b64encode(sealed).decode()


def bytes_of(text: str) -> bytes | None:
    """The sealed bytes; None of clear text."""
    return base64.b64decode(text.removeprefix(SEALED)) if text.startswith(SEALED) else None
