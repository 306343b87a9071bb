"""Draws a picture anew: what comes out holds its pixels and nothing else of the file that was handed in."""

import io

import pi_heif
from PIL import Image, ImageOps, MpoImagePlugin, TiffImagePlugin, UnidentifiedImageError

from accounts.files.kinds import Kind, Reason, Refused

# more than any telephone's photo of 10 MB has; the decoder would need 4 bytes for each
MOST_PIXELS = 64_000_000
# a page of A4 at 350 dots an inch
LONGEST_SIDE = 4096
OPENED_AS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.HEIC: "HEIF"}

# all that Pillow otherwise loads when a photo asks for it: by then decoder.confine lets nothing be opened
LOADED = (MpoImagePlugin, TiffImagePlugin)
Image.preinit()
pi_heif.register_heif_opener()
# the number of pixels is judged below, by one rule for every format
Image.MAX_IMAGE_PIXELS = None


def redrawn(content: bytes, kind: Kind) -> bytes:
    """The picture as a fresh JPEG or PNG, upright and at most 4,096 px long; Refused."""
    try:
        with Image.open(io.BytesIO(content), formats=[OPENED_AS[kind]]) as opened:
            return saved(pixels(opened), kind)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as problem:
        raise Refused(Reason.DAMAGED) from problem


def pixels(opened: Image.Image) -> Image.Image:
    """The first picture in the file, turned as its camera was held, without anything said about it."""
    if opened.width * opened.height > MOST_PIXELS:
        raise Refused(Reason.TOO_MANY_PIXELS)
    mode = "RGBA" if opened.has_transparency_data else "RGB"
    upright = ImageOps.exif_transpose(opened).convert(mode)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # Pillow writes comments and profiles that it read, unless the picture has forgotten them
    upright.info = {}
    return upright


def saved(picture: Image.Image, kind: Kind) -> bytes:
    """The bytes of a file with this picture."""
    out = io.BytesIO()
    if kind is Kind.PNG:
        picture.save(out, "PNG")
    else:
        picture.convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()
