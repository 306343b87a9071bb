"""A PDF that somebody shows us: ours byte for byte, or not."""

import datetime
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfReader, PdfWriter

from certificates.documents.render import Size
from certificates.signing import reading, signer
from certificates.signing.authority import make_authority
from certificates.signing.reading import LARGEST, CannotRead, code_in
from certificates.signing.sealing import signed
from certificates.signing.signer import NoSigner
from certificates.tokens import NotOurs
from tests.certificates.documents.papers import URL
from tests.certificates.signing.test_sealing import use


@pytest.mark.parametrize("size", list(Size))
def test_the_code_comes_out_of_each_size(papers, size):
    assert code_in(papers[size]) == URL


@settings(max_examples=25)
@given(st.data())
def test_any_flipped_bit_makes_it_altered(papers, data):
    paper = papers[Size.CARD]
    place, bit = data.draw(st.integers(0, len(paper) - 1)), data.draw(st.integers(0, 7))
    flipped = paper[:place] + bytes([paper[place] ^ (1 << bit)]) + paper[place + 1 :]

    try:
        assert code_in(flipped) == URL  # padding behind the signature itself carries nothing
        assert inside_signature(paper, place)
    except NotOurs:
        pass


def inside_signature(paper: bytes, place: int) -> bool:
    """Whether a place lies in the room that is kept for the signature."""
    start = paper.index(b"/Contents <")
    return start < place < paper.index(b">", start)


def test_a_change_appended_behind_the_signature_is_an_alteration(paper):
    writer = IncrementalPdfFileWriter(BytesIO(paper))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    out = BytesIO()
    writer.write(out)

    with pytest.raises(NotOurs):
        code_in(out.getvalue())


def test_another_name_drawn_over_it_is_an_alteration(paper):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(paper)))
    out = BytesIO()
    writer.write(out)

    with pytest.raises(NotOurs):
        code_in(out.getvalue())


def test_a_paper_without_signature_is_none_of_ours(drawn):
    with pytest.raises(NotOurs):
        code_in(drawn[Size.A4])


def test_a_paper_that_another_authority_signed_is_none_of_ours(drawn, own_signer, tmp_path):
    make_authority(tmp_path, at=datetime.datetime.now(datetime.UTC))
    ours = dict(own_signer.DOCUMENT_SIGNING)
    use(own_signer, tmp_path)
    foreign = signed(drawn[Size.A4])
    own_signer.DOCUMENT_SIGNING = ours
    signer.forget()

    with pytest.raises(NotOurs):
        code_in(foreign)


def test_what_a_former_key_signed_stays_ours(paper, own_signer, tmp_path):
    former = own_signer.DOCUMENT_SIGNING["chain"]
    make_authority(tmp_path, at=datetime.datetime.now(datetime.UTC))
    use(own_signer, tmp_path)
    with pytest.raises(NotOurs):
        code_in(paper)

    own_signer.DOCUMENT_SIGNING = own_signer.DOCUMENT_SIGNING | {"former": former}

    assert code_in(paper) == URL


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\xff\xd8\xff\xe0", b"%PDF-1.7\n" + b"[" * 100_000])
def test_any_other_file_is_none_of_ours(content):
    with pytest.raises(NotOurs):
        code_in(content)


def test_a_file_that_is_too_large_is_not_read(paper):
    with pytest.raises(NotOurs):
        code_in(paper + b"\0" * LARGEST)


def test_a_bomb_is_none_of_ours(paper):
    bomb = zlib.compress(b"\0" * 50_000_000, 9)
    objects = b"%PDF-1.7\n1 0 obj\n<</Type/XRef/Size 9/W[1 4 2]/Filter/FlateDecode/Length "
    start = len(b"%PDF-1.7\n")
    crafted = objects + str(len(bomb)).encode() + b">>\nstream\n" + bomb + b"\nendstream\nendobj\n"
    crafted += b"startxref\n" + str(start).encode() + b"\n%%EOF"

    with pytest.raises(NotOurs):
        code_in(crafted)


def test_where_our_certificate_is_missing_nothing_is_called_altered(paper, own_signer, tmp_path):
    use(own_signer, tmp_path / "nothing")

    with pytest.raises(NoSigner):
        code_in(paper)


@pytest.mark.parametrize("fault", [MemoryError, OSError, ImportError])
def test_a_fault_of_ours_says_nothing_about_the_paper(paper, monkeypatch, fault):
    def broken(*_args):
        raise fault

    monkeypatch.setattr(reading, "_code", broken)

    with pytest.raises(CannotRead):
        code_in(paper)
