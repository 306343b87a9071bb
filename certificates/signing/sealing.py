"""Signs a PDF: PAdES, level B-LT, everything in one step, so that the signature covers the whole file."""

from io import BytesIO
from threading import Lock

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference

from certificates.signing.field import FIELD, with_field
from certificates.signing.signer import NoSigner, forget, hand, trust

_one_at_a_time = Lock()  # a token's session and the context of trust belong to one signature at a time


def signed(pdf: bytes) -> bytes:
    """The document with its signature, time stamp and what proves both in years; NoSigner."""
    out = BytesIO()
    with _one_at_a_time:
        found = hand()
        try:
            writer = IncrementalPdfFileWriter(BytesIO(with_field(pdf)))
            PdfSigner(_metadata(), found.signer, timestamper=found.clock).sign_pdf(writer, output=out)
        except (
            Exception
        ) as problem:  # the clock's network, the token's driver, a revoked or expired certificate
            forget()  # the next one asks the token, and reads the lists, anew
            raise NoSigner("The document cannot be signed now.") from problem
    return out.getvalue()


def _metadata() -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=True,
        validation_context=trust(),
        dss_settings=DSSContentSettings(
            include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
        ),
    )
