"""Checks a certificate offline: `manage.py verify_certificate FILE|TOKEN [--keys FILE --revoked FILE]`."""

import datetime
import json
import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from certificates.checking import code_in_file, token_in
from certificates.keys import Keys, NoKey, load_keys
from certificates.listing import list_of
from certificates.offline import Answer, Because, Checked, check
from certificates.refusal import CertificateError
from certificates.signing.signer import NoSigner
from certificates.tokens import NotOurs

ANSWERS = {
    Answer.VALID: "valid",
    Answer.NOT_VALID: "not valid",
    Answer.NOT_OURS: "not one of ours, or altered",
    Answer.UNAVAILABLE: "cannot be checked now",
}
REASONS = {
    Because.EXPIRED: "its last day is over",
    Because.REVOKED: "it was revoked",
    Because.NO_LIST: "the list of revoked certificates is missing, not this issuer's, or too old",
    Because.NO_PLACE: "it is older than the list of revoked certificates",
}
STATUS = {Answer.VALID: 0, Answer.NOT_VALID: 1, Answer.NOT_OURS: 1, Answer.UNAVAILABLE: 3}


class Command(BaseCommand):
    """For whoever holds the two public files; without them, for this installation itself."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What is checked, and by which files."""
        parser.add_argument("what", help="a PDF, a photo, a file with the code, or the code itself")
        parser.add_argument("--keys", type=Path, help="the key set, from /.well-known/jwks.json")
        parser.add_argument("--revoked", type=Path, help="the list, from /certificates/revoked.jwt")
        parser.add_argument("--issuer", default=settings.BASE_URL, help="whose certificates count")
        parser.add_argument("--oldest", type=int, default=24, help="hours that the list may be old")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say the answer; exit with 0 if valid, 1 if not, 3 if it cannot be checked."""
        found = checked(options, at=timezone.now())
        why = f": {REASONS[found.because]}" if found.because else ""
        until = f" (until {found.code.valid_until})" if found.code else ""
        self.stdout.write(f"{ANSWERS[found.answer]}{why}{until}")
        if STATUS[found.answer]:
            sys.exit(STATUS[found.answer])


def checked(options: dict[str, Any], *, at: datetime.datetime) -> Checked:
    """The answer by the files that were named, else by this installation."""
    try:
        token = token_in(code_of(options["what"]))
    except NotOurs:
        return Checked(Answer.NOT_OURS)
    keys = keys_of(options["keys"])
    listed = text_of(options["revoked"]) if options["revoked"] else list_of(at=at)
    oldest = datetime.timedelta(hours=options["oldest"])
    return check(token, keys, listed, issuer=options["issuer"], at=at, oldest=oldest)


def code_of(what: str) -> str:
    """The code in a file, or what was typed."""
    try:
        if not os.path.isfile(what):  # pathlib raises where a code is longer than a name may be
            return what
        content = Path(what).read_bytes()
        return content.decode("ascii").strip() if is_text(content) else code_in_file(content)
    except (OSError, CertificateError, NoSigner) as problem:
        raise CommandError(str(problem)) from problem


def is_text(content: bytes) -> bool:
    """Whether a file holds a code as text."""
    return content.isascii() and not content.startswith(b"%PDF")


def keys_of(path: Path | None) -> Keys:
    """The key set in a file, or this installation's own."""
    try:
        return load_keys(text_of(path) if path else settings.CERTIFICATE_KEY)
    except (NoKey, json.JSONDecodeError) as problem:
        raise CommandError("The key set cannot be used.") from problem


def text_of(path: Path) -> str:
    """What a file holds; CommandError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"{path} cannot be read.") from problem
