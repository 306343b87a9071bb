"""Pictures are drawn anew: their pixels stay, everything that was said about them goes."""

import io

import pytest
from PIL import Image

from accounts.files.kinds import Kind, Reason, Refused
from accounts.files.pictures import LONGEST_SIDE, redrawn
from tests import handed_in

RED = (200, 0, 0)


def opened(content: bytes) -> Image.Image:
    """The picture in these bytes."""
    return Image.open(io.BytesIO(content))


def is_red(picture: Image.Image, x: int, y: int) -> bool:
    """Whether that pixel is nearly red."""
    pixel = picture.convert("RGB").getpixel((x, y))
    return all(abs(found - wanted) < 12 for found, wanted in zip(pixel, RED, strict=True))


@pytest.mark.parametrize(
    ("content", "kind"),
    [(handed_in.jpeg(), Kind.JPEG), (handed_in.png(), Kind.PNG), (handed_in.TURNED, Kind.HEIC)],
)
def test_nothing_is_left_of_what_the_camera_wrote(content, kind) -> None:
    fresh = redrawn(content, kind)

    picture = opened(fresh)
    assert not picture.getexif()
    assert not {"exif", "xmp", "comment", "icc_profile", "Comment"} & picture.info.keys()
    for telltale in (handed_in.CAMERA, handed_in.ABOUT, "Exif", "GPS"):
        assert telltale.encode() not in fresh


def test_the_tests_photo_does_tell_where_it_was_taken() -> None:
    assert opened(handed_in.jpeg()).getexif().get_ifd(0x8825)[2] == handed_in.NORTH
    assert handed_in.CAMERA.encode() in handed_in.jpeg()


def test_a_photo_is_turned_as_its_camera_was_held() -> None:
    turned = opened(redrawn(handed_in.jpeg(orientation=6), Kind.JPEG))

    assert turned.size == (48, 64)
    assert is_red(turned, 44, 4)


def test_a_photo_of_an_iphone_becomes_a_jpeg_that_stands_upright() -> None:
    fresh = opened(redrawn(handed_in.TURNED, Kind.HEIC))

    assert (fresh.format, fresh.size) == ("JPEG", (48, 64))
    assert is_red(fresh, 44, 4)


def test_a_screenshot_stays_a_png_with_every_pixel() -> None:
    fresh = opened(redrawn(handed_in.png(), Kind.PNG))

    assert fresh.format == "PNG"
    assert fresh.tobytes() == handed_in.drawing().tobytes()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_pictures_of_every_mode_are_drawn(mode) -> None:
    picture = Image.new(mode, (8, 8))

    assert opened(redrawn(handed_in.png(picture), Kind.PNG)).size == (8, 8)


def test_a_printers_photo_becomes_one_that_browsers_show() -> None:
    fresh = opened(redrawn(handed_in.jpeg(handed_in.drawing().convert("CMYK")), Kind.JPEG))

    assert fresh.mode == "RGB"


def test_a_transparent_picture_stays_transparent() -> None:
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))

    assert opened(redrawn(handed_in.png(clear), Kind.PNG)).getpixel((0, 0))[3] == 0


def test_a_large_photo_is_made_smaller() -> None:
    wide = handed_in.jpeg(Image.new("RGB", (LONGEST_SIDE * 2, 100)))

    assert opened(redrawn(wide, Kind.JPEG)).width == LONGEST_SIDE


@pytest.mark.parametrize(("form", "kind"), [("PNG", Kind.PNG), ("MPO", Kind.JPEG)])
def test_only_the_first_of_several_pictures_is_kept(form, kind) -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, form, save_all=True, append_images=frames[1:])

    fresh = opened(redrawn(out.getvalue(), kind))

    assert fresh.format == kind.name
    assert getattr(fresh, "n_frames", 1) == 1
    assert fresh.getpixel((4, 4))[0] > 250


def test_what_hangs_behind_a_picture_is_gone() -> None:
    polyglot = handed_in.jpeg() + b"PK\x03\x04<script>alert(1)</script>%PDF-1.7"

    fresh = redrawn(polyglot, Kind.JPEG)

    assert b"script" not in fresh
    assert b"%PDF" not in fresh


def test_a_bomb_is_refused_before_it_is_unfolded() -> None:
    with pytest.raises(Refused) as refusal:
        redrawn(handed_in.bomb(), Kind.PNG)

    assert refusal.value.reason is Reason.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (handed_in.jpeg()[:-200], Kind.JPEG),
        (handed_in.png()[:-40], Kind.PNG),
        (handed_in.TURNED[:-60], Kind.HEIC),
        (b"\xff\xd8\xff<script>alert(1)</script>", Kind.JPEG),
        (b"\x89PNG\r\n\x1a\n<html>", Kind.PNG),
        (handed_in.bomb(4000, 4000), Kind.PNG),
        (handed_in.png(), Kind.JPEG),
    ],
)
def test_what_is_no_whole_picture_is_refused(content, kind) -> None:
    with pytest.raises(Refused) as refusal:
        redrawn(content, kind)

    assert refusal.value.reason is Reason.DAMAGED
