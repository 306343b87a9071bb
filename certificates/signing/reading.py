"""Reads a PDF that somebody shows us: is it one that we signed, byte for byte?"""

import struct
import zlib
from io import BytesIO

from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.status import SignatureCoverageLevel

from certificates.signing.signer import own_certificates
from certificates.tokens import NotOurs

LARGEST = 2 * 1024 * 1024
# over these a parser trips by what stands in a file; whatever else happens says nothing about the file
OF_THE_FILE = (
    PdfError,
    UnsupportedAlgorithm,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    EOFError,
    RecursionError,
    NotImplementedError,
    struct.error,
    zlib.error,
)


class CannotRead(RuntimeError):
    """Something of ours failed while a document was read: it may be right all the same."""


def code_in(pdf: bytes) -> str:
    """The code in a document that we signed; NotOurs if altered or another's; NoSigner, CannotRead."""
    ours = {certificate.sha256 for certificate in own_certificates()}
    try:
        return _code(pdf, ours)
    except NotOurs:
        raise
    except OF_THE_FILE as problem:
        raise NotOurs("The document was not signed by this service, or was altered.") from problem
    except Exception as problem:  # memory, disk, a library: never told as a fault of the paper
        raise CannotRead("The document could not be read to its end.") from problem


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
