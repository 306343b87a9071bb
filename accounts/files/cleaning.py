"""Has a file decoded and drawn anew in a process of its own; what cannot be is refused in plain words."""

import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.files.kinds import CONTENT_TYPES, MOST_BYTES, Kind, Reason, has_fit_ending, kind_of
from accounts.files.scanning import Infected, ScannerAway, require_harmless

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 30
TOO_LARGE = _("This file is larger than 10 MB. Please choose a smaller one.")
EMPTY = _("This file is empty. Please choose another one.")
NOT_TAKEN = _("We cannot read this kind of file. Please choose a photo (JPEG, PNG, HEIC) or a PDF.")
DAMAGED = _("We cannot read this file: it is damaged. Please choose another one, or take a new photo.")
HARMFUL = _("This file is known to do harm. Please take a new photo of the paper, with another device.")
NOT_NOW = _("Files cannot be taken at the moment. Please send the rest without it, and add it later.")
REFUSALS: dict[int, Promise] = {
    Reason.TOO_MANY_PIXELS: _("This picture is too large to be opened. Please take a smaller photo."),
    Reason.LOCKED: _(
        "This PDF is locked with a password. Please save it without one, or take a photo of the paper."
    ),
    Reason.TOO_MANY_PAGES: _("This PDF has more than 30 pages. Please choose only the pages that matter."),
    Reason.ACTIVE: _("This PDF holds a program. Please print it as a new PDF, or take a photo of the paper."),
}


class FileError(Exception):
    """Why a file is not taken, fit to show."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))


@dataclass(frozen=True, slots=True)
class Clean:
    """A file drawn anew, safe to keep and to show."""

    content: bytes
    content_type: str


def clean(handed_in: "File[bytes]") -> Clean:
    """The file drawn anew; FileError. Takes a second or two: hold no lock meanwhile."""
    if handed_in.size > MOST_BYTES:
        raise FileError(TOO_LARGE)
    content = handed_in.read()
    if not content:
        raise FileError(EMPTY)
    kind = kind_of(content)
    if kind is None or not has_fit_ending(handed_in.name or ""):
        raise FileError(NOT_TAKEN)
    try:
        require_harmless(content)
    except Infected:
        raise FileError(HARMFUL) from None
    except ScannerAway:
        raise FileError(NOT_NOW) from None
    return Clean(decoded(content, kind), CONTENT_TYPES[kind])


def decoded(content: bytes, kind: Kind) -> bytes:
    """What the decoding process made of it; FileError where it refused, was killed or took too long."""
    command = [sys.executable, "-m", "accounts.files.decoder", kind]
    try:
        # env: the decoder must not read our secrets
        done = subprocess.run(  # noqa: S603 - the command is ours, the stranger's bytes are its input
            command, input=content, capture_output=True, timeout=PATIENCE, env={}, cwd=ROOT
        )
    except subprocess.TimeoutExpired:
        raise FileError(DAMAGED) from None
    if done.returncode:
        raise FileError(refusal(done.returncode, kind))
    return done.stdout


def refusal(status: int, kind: Kind) -> Promise:
    """Why the process that ended so made nothing of the file."""
    if status not in tuple(Reason):
        # out of memory or time; or the decoder is broken and refuses every file, which somebody must see
        logger.warning("The decoder of a %s ended with status %s.", kind, status)
    return REFUSALS.get(status, DAMAGED)
