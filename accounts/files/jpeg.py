"""Takes out of a JPEG what its camera wrote about the photo, and leaves every pixel as it is."""

import re
from collections.abc import Iterator

BEGIN, END = b"\xff\xd8", b"\xff\xd9"
START_OF_SCAN, END_OF_PICTURE, COMMENT = 0xDA, 0xD9, 0xFE
# decoders need two application segments: the first (JFIF), and how colours are meant (Adobe)
DROPPED = {COMMENT, *range(0xE0, 0xF0)} - {0xE0, 0xEE}
# between scanned bytes 0xFF is followed by 0 or by the number of a restart
MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)


def without_metadata(photo: bytes) -> bytes:
    """The photo without EXIF, XMP, profiles, comments and what follows its end; ValueError if it is none."""
    if not photo.startswith(BEGIN):
        raise ValueError("not a JPEG")
    kept = (part for marker, part in parts(photo) if marker not in DROPPED)
    return BEGIN + b"".join(kept) + END


def parts(photo: bytes) -> Iterator[tuple[int, bytes]]:
    """Each segment with its marker, a scan with the bytes that follow it; ValueError where one is cut off."""
    at = len(BEGIN)
    while True:
        found = MARKER.match(photo, at)
        if found is None:
            raise ValueError("a segment is missing")
        marker = found[1][0]
        if marker == END_OF_PICTURE:
            return
        after = found.end() + int.from_bytes(photo[found.end() : found.end() + 2], "big")
        if marker == START_OF_SCAN:
            following = MARKER.search(photo, after)
            after = following.start() if following else len(photo)
        yield marker, photo[at:after]
        at = after
