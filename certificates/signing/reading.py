"""Reads a PDF that somebody shows us: is it one that we signed, byte for byte?"""

from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.status import SignatureCoverageLevel

from certificates.signing.signer import NoSigner, own_certificates
from certificates.tokens import NotOurs

LARGEST = 2 * 1024 * 1024


def code_in(pdf: bytes) -> str:
    """The certificate's code, from a document that we signed; NotOurs if altered or another's, NoSigner."""
    ours = {certificate.sha256 for certificate in own_certificates()}
    try:
        return _code(pdf, ours)
    except NoSigner:
        raise
    except Exception as problem:  # a parser of hostile files: whatever it trips over is not a paper of ours
        raise NotOurs("The document was not signed by this service, or was altered.") from problem


def _code(pdf: bytes, ours: set[bytes]) -> str:
    if len(pdf) > LARGEST:
        raise NotOurs("The file is too large.")
    reader = PdfFileReader(BytesIO(pdf))
    [signature] = reader.embedded_signatures
    if signature.signer_cert.sha256 not in ours or not _intact(signature):
        raise NotOurs("The signature is not ours, or does not fit the document.")
    return str(reader.trailer["/Info"]["/Keywords"])


def _intact(signature: EmbeddedPdfSignature) -> bool:
    """Whether the signature is right, and covers the file from its first byte to its last."""
    signature.compute_integrity_info(skip_diff=True)
    intact, valid = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )
    whole = signature.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return bool(intact and valid and whole)
