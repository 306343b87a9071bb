"""What a file is, told by its first bytes."""

import pytest

from accounts.files.kinds import Kind, kind_of
from tests import handed_in


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (handed_in.jpeg(), Kind.JPEG),
        (handed_in.png(), Kind.PNG),
        (handed_in.TURNED, Kind.HEIC),
        (handed_in.written(handed_in.paper()), Kind.PDF),
    ],
)
def test_what_is_taken_is_known_by_its_first_bytes(content, kind) -> None:
    assert kind_of(content) is kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"GIF89a",
        b"PK\x03\x04",
        b"MZ",
        b"\x00\x00\x00\x1cftypmp42",
        b" %PDF-1.7",
    ],
)
def test_everything_else_is_not_taken(content) -> None:
    assert kind_of(content) is None
