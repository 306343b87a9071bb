"""Identifiers that are shown in addresses or read out on the telephone."""

import secrets

# Crockford's alphabet: no I, L, O, U, which are misread or spell words
SPEAKABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def public_id() -> str:
    """Random 22 characters that may stand in an address, and behind a command: none is like an option."""
    drawn = secrets.token_urlsafe(16)
    return public_id() if drawn.startswith("-") else drawn


def speakable(prefix: str, *, groups: int = 2) -> str:
    """A random number that can be read out, as `R-7K3M-92QX`: 20 bits a group."""
    return "-".join([prefix] + ["".join(secrets.choice(SPEAKABLE) for _ in range(4)) for _ in range(groups)])
