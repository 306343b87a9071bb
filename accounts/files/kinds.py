"""Which files are taken, told by their first bytes, how large and how many, and why one is refused."""

import re
from enum import IntEnum, StrEnum

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 5
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1")


class Kind(StrEnum):
    """What a file is."""

    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"
    PDF = "pdf"


# What each kind is drawn anew as: every browser shows a JPEG, few a HEIC
CONTENT_TYPES = {
    Kind.JPEG: "image/jpeg",
    Kind.HEIC: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.PDF: "application/pdf",
}


# how each kind is called; the first one is what we call it after it was drawn anew
ENDINGS = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif", "heic", "heif", "hif"),
    "image/png": ("png",),
    "application/pdf": ("pdf",),
}
ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,7})$")


class Reason(IntEnum):
    """Why a file is refused: the decoding process ends with this status."""

    DAMAGED = 10
    TOO_MANY_PIXELS = 11
    LOCKED = 12
    TOO_MANY_PAGES = 13
    ACTIVE = 14


class Refused(Exception):  # noqa: N818 - it names what happened to the file
    """A file that is not taken, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.name)
        self.reason = reason


def kind_of(content: bytes) -> Kind | None:
    """What the first bytes say, whatever its name or sender called it; None for what is not taken."""
    if content.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if content.startswith(PNG_SIGNATURE):
        return Kind.PNG
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return Kind.HEIC
    return Kind.PDF if content.startswith(b"%PDF-") else None


def has_fit_ending(name: str) -> bool:
    """Whether the name ends as one of a photo or a PDF does, or has no ending: a phone gives some none."""
    ending = ENDING.search(name)
    return ending is None or any(ending[1].lower() in endings for endings in ENDINGS.values())


def named(name: str, content_type: str) -> str:
    """The name with the ending of what the file is, where it had another one or none."""
    endings, ending = ENDINGS[content_type], ENDING.search(name)
    if ending and ending[1].lower() == endings[0]:
        return name
    stem = name[: ending.start()] if ending else name
    return f"{stem}.{endings[0]}" if stem else ""
