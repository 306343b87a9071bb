"""Papers are written anew: their pages look the same, nothing in them acts or tells."""

import io
import zlib

import pikepdf
import pytest
from pikepdf import Dictionary, Encryption, Name, Stream
from PIL import Image
from pypdf import PdfReader

from accounts.files.kinds import Reason, Refused
from accounts.files.papers import MOST_PAGES, rewritten
from tests import handed_in


def unfolded(content: bytes) -> bytes:
    """The paper with everything in clear: nothing can hide from a search."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return handed_in.written(
            pdf,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )


def refused(content: bytes) -> Reason:
    """Why the paper is refused."""
    with pytest.raises(Refused) as refusal:
        rewritten(content)
    return refusal.value.reason


def test_the_pages_stay_as_they_were() -> None:
    fresh = PdfReader(io.BytesIO(rewritten(handed_in.written(handed_in.paper(3)))))

    assert [page.extract_text() for page in fresh.pages] == ["Page 1", "Page 2", "Page 3"]
    assert [float(side) for side in fresh.pages[0].mediabox[2:]] == [595, 842]


def test_nothing_that_acts_hides_or_tells_is_left() -> None:
    hostile = handed_in.active_paper()
    words = (b"HARM", b"JavaScript", b"Launch", b"/AA", b"OpenAction", b"EmbeddedFile", b"/Names", b"/Annots")
    telling = (handed_in.CAMERA.encode(), handed_in.ABOUT.encode(), b"/Metadata", b"/Author")
    assert all(word in unfolded(hostile) for word in (*words, *telling))

    fresh = unfolded(rewritten(hostile))

    assert [word for word in (*words, *telling) if word in fresh] == []
    assert b"Page 1" in fresh


def test_what_was_filled_into_a_form_is_seen_and_no_field_is_left() -> None:
    fresh = rewritten(handed_in.form("SAKURA"))

    reader = PdfReader(io.BytesIO(fresh))
    assert "SAKURA" in reader.pages[0].extract_text()
    assert not reader.get_fields()
    assert b"JavaScript" not in unfolded(fresh)


@pytest.mark.parametrize("packed", [False, True])
def test_a_photo_on_a_page_loses_what_its_camera_wrote(packed) -> None:
    scanned = handed_in.scan(handed_in.jpeg(), packed=packed)

    with pikepdf.open(io.BytesIO(rewritten(scanned))) as pdf:
        photo = pdf.pages[0].obj.Resources.XObject.Im0.read_raw_bytes()

    assert handed_in.CAMERA.encode() not in photo
    assert handed_in.ABOUT.encode() not in photo
    assert Image.open(io.BytesIO(photo)).size == (64, 48)


def test_a_program_hidden_where_no_page_needs_it_is_refused() -> None:
    pdf = handed_in.paper()
    pdf.pages[0].obj.Resources.Properties = Dictionary(MC0=Dictionary(Next=handed_in.program()))

    assert refused(handed_in.written(pdf)) is Reason.ACTIVE


def test_a_postscript_program_is_refused() -> None:
    pdf = handed_in.paper()
    program = Stream(pdf, b"HARM")
    program.update(Dictionary(Type=Name.XObject, Subtype=Name.PS))
    pdf.pages[0].obj.Resources.XObject = Dictionary(P=program)

    assert refused(handed_in.written(pdf)) is Reason.ACTIVE


def test_a_page_whose_content_lies_in_another_file_loses_it() -> None:
    pdf = handed_in.paper()
    pdf.pages[0].obj.Contents.F = "file:///etc/passwd"

    assert b"passwd" not in unfolded(rewritten(handed_in.written(pdf)))


@pytest.mark.parametrize("password", ["", "open sesame"])
def test_a_locked_paper_is_refused(password) -> None:
    locked = handed_in.written(handed_in.paper(), encryption=Encryption(owner="owner", user=password))

    assert refused(locked) is Reason.LOCKED


def test_thirty_pages_are_taken_and_one_more_is_not() -> None:
    assert rewritten(handed_in.written(handed_in.paper(MOST_PAGES)))

    assert refused(handed_in.written(handed_in.paper(MOST_PAGES + 1))) is Reason.TOO_MANY_PAGES


def test_a_page_that_unfolds_into_billions_of_pixels_is_refused() -> None:
    pdf = handed_in.paper()
    image = Stream(pdf, zlib.compress(b"\0" * 1000))
    image.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=50_000, Height=50_000))
    image.Filter = Name.FlateDecode
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=image)

    assert refused(handed_in.written(pdf)) is Reason.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7",
        b"%PDF-1.7\n<script>alert(1)</script>",
        handed_in.written(pikepdf.new()),
        handed_in.scan(b"no photo"),
    ],
)
def test_what_is_no_paper_is_refused(content) -> None:
    assert refused(content) is Reason.DAMAGED
