"""The signature: level B-LT, right for those who check it, on a paper that everybody can still read."""

import datetime
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO

import page
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pypdf import PdfReader

from accounts.documents.faces import NOTO, preferred_face
from certificates.documents.render import Size, render
from certificates.signing import signer
from certificates.signing.authority import make_authority, write_list
from certificates.signing.field import with_field
from certificates.signing.sealing import signed
from certificates.signing.signer import NoSigner
from tests.certificates.documents.papers import PHONE, PRINTED, URL
from tests.certificates.signing.proving import offline

UA = page.ValidationProfile.PDF_UA_1
with_ipamj = pytest.mark.skipif(
    preferred_face() == NOTO, reason="Debian's fonts-ipamj-mincho is not installed"
)
with_poppler = pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler-utils is missing")
RARE = replace(PRINTED, name="髙﨑　𠮷子　渡邉\U000e010f", number="C-7K3M-92QX")


def run(command: list[str], **more: object) -> str:
    """What a program says."""
    return subprocess.run(command, check=True, capture_output=True, text=True, **more).stdout  # type: ignore[call-overload]


@pytest.mark.parametrize("size", list(Size))
def test_each_size_is_valid_for_pyhanko_with_nothing_but_the_root(papers, size):
    [signature] = PdfFileReader(BytesIO(papers[size])).embedded_signatures

    status = validate_pdf_signature(signature, offline(papers[size]))

    assert status.bottom_line, status.pretty_print_details()
    assert status.timestamp_validity.trusted


@with_poppler
@pytest.mark.parametrize("size", list(Size))
def test_each_size_is_valid_for_pdfsig(papers, size, tmp_path):
    (tmp_path / "paper.pdf").write_bytes(papers[size])

    told = run(["pdfsig", "-nocert", "paper.pdf"], cwd=tmp_path)

    assert "Signature is Valid" in told
    assert "ETSI.CAdES.detached" in told
    assert "Total document signed" in told


@with_ipamj
@pytest.mark.parametrize("size", list(Size))
def test_each_size_keeps_every_rule_of_accessible_documents(papers, size):
    report = page.validate_pdf_bytes(papers[size], profile=UA)

    assert report.is_compliant, report.failures
    assert (report.rules.failed, report.rules.total) == (0, 104)


@with_ipamj
@with_poppler
@pytest.mark.parametrize("size", list(Size))
def test_rare_characters_come_back_out_of_each_size(size, tmp_path):
    (tmp_path / "paper.pdf").write_bytes(signed(render(RARE, URL, phone=PHONE, size=size)))

    text = run(["pdftotext", "-raw", "paper.pdf", "-"], cwd=tmp_path)

    for printed in ["髙﨑", "𠮷子", "邉\U000e010f", "0025568", "00111054", "C-7K3M-92QX"]:
        assert printed in text


@pytest.mark.skipif(not shutil.which("zbarimg"), reason="zbar-tools is missing")
@pytest.mark.parametrize("size", list(Size))
def test_a_reader_takes_the_code_of_each_size_from_150_dots_per_inch(papers, size, tmp_path):
    (tmp_path / "paper.pdf").write_bytes(papers[size])
    run(["pdftoppm", "-r", "150", "-png", "paper.pdf", "side"], cwd=tmp_path)
    last = sorted(tmp_path.glob("side*.png"))[-1]

    read = run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", last.name], cwd=tmp_path)

    assert read.strip() == URL


def test_the_same_paper_is_the_same_bytes_until_it_is_signed(drawn):
    again = render(PRINTED, URL, phone=PHONE)

    assert with_field(again) == with_field(drawn[Size.A4])
    assert signed(again) != signed(again)


def test_the_paper_proves_itself_with_chain_lists_and_a_moment(paper):
    store = PdfFileReader(BytesIO(paper)).root["/DSS"]
    [signature] = PdfFileReader(BytesIO(paper)).embedded_signatures

    assert len(store["/Certs"]) == 3
    assert len(store["/CRLs"]) == 1
    [stamp] = signature.signer_info["unsigned_attrs"]
    assert stamp["type"].native == "signature_time_stamp_token"


def test_those_who_cannot_see_are_told_what_the_field_is(paper):
    [field] = PdfReader(BytesIO(paper)).trailer["/Root"]["/AcroForm"]["/Fields"]

    assert (field.get_object()["/TU"], field.get_object()["/F"]) == ("発行者の電子署名", 134)


def test_a_signer_whose_certificate_was_revoked_signs_nothing(drawn, own_signer, tmp_path):
    now = datetime.datetime.now(datetime.UTC)
    make_authority(tmp_path, at=now)
    use(own_signer, tmp_path)
    [own] = signer.own_certificates()
    write_list(tmp_path, revoked=[own.serial_number], at=now)

    with pytest.raises(NoSigner):
        signed(drawn[Size.A4])


def test_a_missing_key_says_so_and_quotes_nothing(drawn, own_signer, tmp_path):
    use(own_signer, tmp_path / "nothing")

    with pytest.raises(NoSigner, match="cannot be used") as refusal:
        signed(drawn[Size.A4])
    assert str(tmp_path) not in str(refusal.value)


def test_a_clock_that_cannot_be_reached_signs_nothing(drawn, own_signer):
    own_signer.DOCUMENT_SIGNING = own_signer.DOCUMENT_SIGNING | {"clock_url": "http://127.0.0.1:9/"}

    with pytest.raises(NoSigner):
        signed(drawn[Size.A4])


def test_the_authority_keeps_its_keys_and_renews_its_list(tmp_path):
    then = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    first = make_authority(tmp_path, at=then)
    keys = {path.name: path.read_bytes() for path in tmp_path.glob("*.key")}
    before = (tmp_path / "revoked.crl").read_bytes()

    again = make_authority(tmp_path, at=then + datetime.timedelta(days=1))

    assert (first, again) == (True, False)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.key")} == keys
    assert (tmp_path / "revoked.crl").read_bytes() != before
    assert {oct(path.stat().st_mode)[-3:] for path in tmp_path.iterdir()} == {"600"}


def use(settings, folder) -> None:
    """Have another authority sign."""
    present = settings.DOCUMENT_SIGNING
    moved = {
        name: str(folder / present[name].rsplit("/", 1)[-1])
        for name in ("key", "chain", "roots", "clock", "clock_key")
    }
    settings.DOCUMENT_SIGNING = present | moved | {"lists": [str(folder / "revoked.crl")]}
    signer.forget()
