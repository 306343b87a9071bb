"""A photo loses what was written about it, without being decoded."""

import io

import pytest
from PIL import Image

from accounts.files.jpeg import without_metadata
from tests import handed_in


def pixels(photo: bytes) -> bytes:
    """What is seen."""
    return Image.open(io.BytesIO(photo)).tobytes()


@pytest.mark.parametrize("progressive", [False, True])
def test_every_pixel_stays_and_everything_written_goes(progressive) -> None:
    out = io.BytesIO()
    handed_in.drawing().save(
        out, "JPEG", progressive=progressive, exif=handed_in.telltale(), comment=handed_in.ABOUT
    )

    fresh = without_metadata(out.getvalue())

    assert pixels(fresh) == pixels(out.getvalue())
    assert handed_in.CAMERA.encode() not in fresh
    assert handed_in.ABOUT.encode() not in fresh


def test_what_follows_the_end_goes() -> None:
    fresh = without_metadata(handed_in.jpeg() + handed_in.jpeg() + b"PK\x03\x04")

    assert fresh == without_metadata(handed_in.jpeg())


def test_how_a_printers_colours_are_meant_stays() -> None:
    photo = handed_in.jpeg(handed_in.drawing().convert("CMYK"))

    assert pixels(without_metadata(photo)) == pixels(photo)


@pytest.mark.parametrize(
    "photo", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff\xff", b"GIF89a", handed_in.jpeg()[:50]]
)
def test_what_is_no_photo_is_said(photo) -> None:
    with pytest.raises(ValueError):
        without_metadata(photo)
