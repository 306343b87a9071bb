"""Asks a virus scanner about a file, where there is one: clamd, or whatever speaks its INSTREAM."""

import logging
import socket
import struct

from django.conf import settings

logger = logging.getLogger(__name__)

# seconds until a scanner that does not answer counts as away
PATIENCE = 20
PIECE = 65_536
CLEAN = b"stream: OK"


class Infected(Exception):
    """The scanner knows something harmful in the file."""


class ScannerAway(Exception):
    """There should be an answer, and there is none: then no file is taken."""


def require_harmless(content: bytes) -> None:
    """Raise Infected or ScannerAway unless the scanner, where VIRUS_SCANNER names one, finds nothing."""
    if not settings.VIRUS_SCANNER:
        return
    try:
        answer = asked(content)
    except OSError as problem:
        raise ScannerAway from problem
    if answer.endswith(b" FOUND"):
        # the name is the scanner's, never the file's
        logger.warning("The virus scanner refused a file: %s", answer.decode("ascii", "replace"))
        raise Infected
    if answer != CLEAN:
        logger.error("The virus scanner answered: %s", answer.decode("ascii", "replace"))
        raise ScannerAway


def asked(content: bytes) -> bytes:
    """What the scanner says about these bytes; OSError where it cannot be reached or breaks off."""
    host, _colon, port = settings.VIRUS_SCANNER.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        return b"".join(iter(lambda: line.recv(1_024), b"")).rstrip(b"\0")
