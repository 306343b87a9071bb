"""Reads the environment (or .env) for the settings; what is missing or unreadable is said in one sentence."""

import warnings
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if env.bool("READ_DOT_ENV", True):
    env.read_env(BASE_DIR / ".env")


def secret(name: str) -> str:
    """The value of a secret that has no default; ImproperlyConfigured with what to do where it is missing.

    A store of secrets may lay it down as a file, which the variable with `_FILE` behind its name points to.
    """
    value: str = env.str(name, "") or laid_down(name)
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it in the environment; `python -m portal.keys` prints fresh secrets."
        )
    return value


def laid_down(name: str) -> str:
    """What stands in the file that NAME_FILE names, empty without one; ImproperlyConfigured if unreadable."""
    path = env.str(f"{name}_FILE", "")
    try:
        return Path(path).read_text(encoding="utf-8").strip() if path else ""
    except (OSError, UnicodeDecodeError):
        raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read.") from None


def parsed(name: str, default: str, reader: str) -> dict[str, Any]:
    """A URL as Django's settings; ImproperlyConfigured, which does not quote it, where it cannot be read."""
    try:
        with warnings.catch_warnings(action="error"):
            found = dict(getattr(env, reader)(name, default))
    except (ValueError, KeyError, UserWarning, ImproperlyConfigured):
        # from None: what cannot be read may hold a password
        raise ImproperlyConfigured(f"{name} is not an address that can be read.") from None
    return found


def cache(name: str, default: str) -> dict[str, Any]:
    """What counts tries and keeps what may be forgotten; Redis is waited for as long as a page may take."""
    found = parsed(name, default, "cache_url")
    if "redis" in found["BACKEND"].lower():
        # once more at once: a connection of before its restart fails, the next one does not
        waiting = {"socket_timeout": 1, "socket_connect_timeout": 1, "retry": Retry(NoBackoff(), 1)}
        found["OPTIONS"] = waiting | found.get("OPTIONS", {})
    return found


def origin(name: str, text: str) -> str:
    """The address of a whole site; ImproperlyConfigured, which does not quote it, where it is none."""
    found = text.rstrip("/")
    if not is_origin(found):
        raise ImproperlyConfigured(f"{name} is not the address of a site, such as https://portal.example.")
    return found


def is_origin(text: str) -> bool:
    """Whether it is scheme, host and perhaps a port, and nothing else."""
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    whole = parts._replace(path="", query="", fragment="").geturl()
    return parts.scheme in ("http", "https") and bool(host) and "@" not in text and text == whole


def whole_number(name: str, default: int) -> int:
    """A number from the environment; ImproperlyConfigured where it is none."""
    try:
        return int(env.int(name, default))
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not a whole number.") from None


def folder(name: str, default: Path) -> Path:
    """A folder that we may write to, made where it is missing; ImproperlyConfigured where it cannot be."""
    path = Path(env.str(name, str(default)))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ImproperlyConfigured(f"{name}: {path} cannot be made ({problem.strerror}).") from None
    return path


def document_signing(trial: Path | None) -> dict[str, Any]:
    """What signs papers: the files and the token that the environment names, else the trial authority."""
    if env.str("SIGNING_CHAIN", "") or trial is None:
        paths = {name: env.str(f"SIGNING_{name.upper()}", "") for name in ("key", "chain", "roots", "former")}
        token = {name: env.str(f"SIGNING_{name.upper()}", "") for name in ("module", "token", "label", "pin")}
        clock = {"clock_url": env.str("SIGNING_CLOCK_URL", ""), "clock": "", "clock_key": ""}
        return paths | token | clock | {"lists": env.list("SIGNING_LISTS", default=[])}
    files = {"key": "signer.key", "chain": "signer.pem", "roots": "root.pem", "clock": "clock.pem"}
    found = {name: str(trial / file) for name, file in (files | {"clock_key": "clock.key"}).items()}
    none = dict.fromkeys(("former", "module", "token", "label", "pin", "clock_url"), "")
    return found | none | {"lists": [str(trial / "revoked.crl")]}
