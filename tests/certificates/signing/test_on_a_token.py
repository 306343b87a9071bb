"""The signing key on a PKCS#11 token: SoftHSM stands for the machine that never gives a key away."""

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature

from certificates.documents.render import Size
from certificates.signing import signer
from certificates.signing.sealing import signed
from certificates.signing.signer import NoSigner
from portal.environment import document_signing
from tests.certificates.signing.proving import offline

LIBRARY = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "1234"

pytestmark = pytest.mark.skipif(
    not (shutil.which("softhsm2-util") and Path(LIBRARY).exists()), reason="softhsm2 is missing"
)


@pytest.fixture
def token(own_signer, tmp_path_factory, monkeypatch):
    """The trial authority's key on a token, named by the environment; the file with it is not."""
    # the library reads where its tokens lie once a process
    folder = tmp_path_factory.getbasetemp() / "softhsm"
    (folder / "tokens").mkdir(parents=True, exist_ok=True)
    (folder / "softhsm.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(folder / "softhsm.conf"))
    files = own_signer.DOCUMENT_SIGNING
    label = os.urandom(4).hex()
    softhsm("--init-token", "--free", "--label", label, "--so-pin", "5678", "--pin", PIN)
    key = ("--import", files["key"], "--label", "seal", "--id", "01")
    softhsm(*key, "--token", label, "--pin", PIN)
    said = {"CHAIN": files["chain"], "ROOTS": files["roots"], "LISTS": files["lists"][0]}
    said |= {"MODULE": LIBRARY, "TOKEN": label, "LABEL": "seal", "PIN": PIN}
    for name, value in said.items():
        monkeypatch.setenv(f"SIGNING_{name}", value)
    clock = {name: files[name] for name in ("clock", "clock_key")}
    own_signer.DOCUMENT_SIGNING = document_signing(None) | clock
    assert own_signer.DOCUMENT_SIGNING["key"] == ""
    return own_signer


def softhsm(*arguments: str) -> None:
    """What an operator does with a token once."""
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)


def stands(paper: bytes) -> bool:
    """Whether the signature is right for somebody with our root and no network."""
    [signature] = PdfFileReader(BytesIO(paper)).embedded_signatures
    return bool(validate_pdf_signature(signature, offline(paper)).bottom_line)


@pytest.mark.parametrize("size", list(Size))
def test_a_key_that_stays_on_its_token_signs_each_size(drawn, token, size):
    assert stands(signed(drawn[size]))


def test_a_token_that_was_away_for_a_moment_signs_again(drawn, token):
    signed(drawn[Size.A4])
    signer.hand().signer.pkcs11_session.close()

    with pytest.raises(NoSigner):
        signed(drawn[Size.A4])

    assert stands(signed(drawn[Size.A4]))


@pytest.mark.parametrize(
    "wrong", [{"pin": "4321"}, {"label": "another"}, {"token": "none"}, {"module": "/no"}]
)
def test_a_token_that_cannot_be_used_signs_nothing_and_quotes_no_pin(drawn, token, wrong):
    token.DOCUMENT_SIGNING = token.DOCUMENT_SIGNING | wrong
    signer.forget()

    with pytest.raises(NoSigner) as refusal:
        signed(drawn[Size.A4])

    assert token.DOCUMENT_SIGNING["pin"] not in str(refusal.value)
